using System.Globalization;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// The files of pg_dump, pg_restore and psql beside those of PostgreSQL's own: mode, owner and names, whatever the umask, whatever
/// is there. Those of the other commands are their owner's alone.
/// </summary>
public sealed class OutputModeTests : IDisposable
{
    // $1 is what stands before the name of the program: nothing, or puredump.
    private const string Script = """
        touch old.sql old.dump linked.sql; chmod 640 old.sql linked.sql; chmod 606 old.dump
        ln linked.sql second.sql; ln -s behind.sql new.link; ln -s old.link.sql old.link; touch old.link.sql; chmod 664 old.link.sql
        mkdir -m 755 olddir; mkfifo pipe
        $1pg_dump -s -f new.sql $DB; $1pg_dump -s -Fc -f new.dump $DB; $1pg_dump -s -Ft -f new.tar $DB; $1pg_dump -s -Fd -f newdir $DB
        $1pg_dump -s -f old.sql $DB; $1pg_dump -s -Fc -f old.dump $DB; $1pg_dump -s -f linked.sql $DB; $1pg_dump -s -Fd -f olddir $DB
        $1pg_dump -s -f new.link $DB; $1pg_dump -s -f old.link $DB
        cat pipe > piped.sql & $1pg_dump -s -f pipe $DB; wait
        $1pg_dump -s -f /dev/stdout $DB > redirected.sql
        $1pg_restore -f restored.sql new.dump; $1pg_restore -l -f list.txt new.dump
        $1psql -X -A -c 'SELECT 1' -o asked.txt $DB; $1psql -X -A -c 'SELECT 1' -o /dev/stdout $DB > shown.txt
        """;

    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _database;

    public OutputModeTests()
    {
        _database = _server.CreateDatabase();
        _server.Execute(_database, "CREATE TABLE t (id integer)");
    }

    public void Dispose() => _server.DropDatabase(_database);

    [Theory]
    [InlineData("027")]
    [InlineData("002")]
    public void Files_of_the_clients_names_are_those_of_the_clients(string umask)
    {
        PgDumpOracle oracle = PgDumpOracle.ModelFor(_server);

        string expected = Run(umask, Script, $"{oracle.BinDirectory}/");
        string actual = Run(umask, Script, $"{string.Join(' ', PureDumpProcess.Program)} ");

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Files_of_the_own_names_are_their_owners_alone()
    {
        const string script = """
            touch old.pdump linked.sql; chmod 666 old.pdump linked.sql; ln linked.sql second.sql
            $1dump -d $DB -f new.pdump; $1dump -d $DB -f old.pdump --stats stats.json
            $1dump -d $DB -F plain -f linked.sql; $1dump -s -d $DB -F directory -f newdir
            $1restore -l -f list.txt new.pdump; $1restore -f restored.sql new.pdump; $1convert -F tar -f new.tar new.pdump
            """;

        string listing = Run("000", script, $"{string.Join(' ', PureDumpProcess.Program)} ");

        Assert.Equal(
            """
            linked.sql 600 1 f
            list.txt 600 1 f
            new.pdump 600 1 f
            new.tar 600 1 f
            newdir 700 2 d
            newdir/toc.dat 600 1 f
            old.pdump 600 1 f
            restored.sql 600 1 f
            second.sql 666 1 f
            stats.json 600 1 f

            """,
            listing);
    }

    // What the files are in the end, and that each that was written holds something.
    private string Run(string umask, string script, string program)
    {
        string directory = Directory.CreateTempSubdirectory("puredump-mode-").FullName;
        try
        {
            Command run = Command.Run("sh", ["-c", $"umask {umask}; {script}", "sh", program], directory, new Dictionary<string, string?>
            {
                ["PGHOST"] = _server.Host,
                ["PGPORT"] = _server.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = _server.User,
                ["PGPASSWORD"] = _server.Password,
                ["DB"] = _database,
            }).Succeeded();
            string empty = Command.Run("find", [".", "-type", "f", "-empty", "!", "-name", "second.sql"], directory).Succeeded().Output;
            Assert.True(empty.Length == 0, $"{empty}\n{run.Error}");
            string listing = Command.Run("find", [".", "-mindepth", "1", "-printf", "%P %m %n %y\n"], directory).Succeeded().Output;
            return string.Join('\n', listing.Split('\n').Order(StringComparer.Ordinal)).TrimStart('\n') + "\n";
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
