using System.Globalization;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Statements that hold secrets and fail, in every way that a message about one is printed: the secret is not in it, unless it is
/// asked for.</summary>
public sealed class SecretMessageTests : IDisposable
{
    private const string Secret = "s3cretXYZ";

    // Each fails: the role, the server or the object is not there, or is there already, or the syntax is wrong behind the secret.
    private static readonly string[] s_statements =
    [
        $"CREATE USER MAPPING FOR nobody_at_all SERVER far OPTIONS (\"user\" 'ann', password '{Secret}');",
        $"ALTER SERVER nowhere OPTIONS (SET password '{Secret}');",
        $"CREATE SERVER far FOREIGN DATA WRAPPER nowhere OPTIONS (token '{Secret}');",
        $"CREATE ROLE postgres LOGIN PASSWORD '{Secret}';",
        $"ALTER ROLE nobody_at_all PASSWORD '{Secret}';",
        $"ALTER ROLE postgres PASSWORD '{Secret}' nonsense;",
        $"ALTER ROLE postgres PASSWORD PASSWORD '{Secret}';",
        $"CREATE SUBSCRIPTION s CONNECTION 'host=/nowhere password={Secret}' PUBLICATION p;",
        $"CREATE SUBSCRIPTION s CONNECTION 'postgresql://ann:{Secret}@127.0.0.1:1/x' PUBLICATION p;",
        $"ALTER SYSTEM SET nonsense.of.password = '{Secret}' x;",
        $"DO $$ BEGIN EXECUTE 'ALTER ROLE nobody_at_all PASSWORD ''{Secret}'''; END $$;",
        $"DO $$ BEGIN RAISE WARNING 'password=%', '{Secret[..3]}' || '{Secret[3..]}'; RAISE EXCEPTION 'not so: postgres://ann:%@h', "
            + $"'{Secret[..3]}' || '{Secret[3..]}'; END $$;",
    ];

    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _target;

    public SecretMessageTests() => _target = _server.CreateDatabase();

    public void Dispose() => _server.DropDatabase(_target);

    [Fact]
    public void A_secret_in_a_statement_of_a_script_is_in_no_message()
    {
        using var script = new TemporaryFile("x.sql");
        File.WriteAllText(script.Path, $"-- a script\nSELECT 1; {string.Join('\n', s_statements)}\n");
        foreach (string[] words in (string[][])
            [
                ["psql", "-f", script.Path], ["psql", "-b", "-f", script.Path], ["psql", "-v", "VERBOSITY=terse", "-f", script.Path],
                ["psql", .. s_statements.SelectMany(static statement => (string[])["-c", statement])],
                ["restore", script.Path], ["restore", "-1", script.Path], ["restore", "--json", script.Path],
            ])
        {
            Command run = Run([.. words, "-d", _target]);
            Assert.DoesNotContain(Secret, run.Error, StringComparison.Ordinal);
            Assert.True(words.Contains("-1") || run.Error.Split("ERROR:  ").Length > s_statements.Length, run.Error);
        }

        Assert.Contains(Secret, Run(["psql", "-b", "--show-secrets", "-f", script.Path, "-d", _target]).Error, StringComparison.Ordinal);
    }

    /// <summary>What was asked to be echoed is the user's own text, as psql prints it.</summary>
    [Fact]
    public void An_echo_is_what_the_user_wrote()
    {
        foreach (string echo in (string[])["-a", "-e"])
        {
            using var script = new TemporaryFile("x.sql");
            File.WriteAllText(script.Path, s_statements[4]);
            Assert.Contains(Secret, Run(["psql", echo, "-f", script.Path, "-d", _target]).Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_secret_in_a_statement_of_an_archive_is_in_no_message()
    {
        string role = $"secret_{Environment.ProcessId}";
        string source = _server.CreateDatabase();
        using var file = new TemporaryFile();
        _server.Execute(source, $"""
            CREATE ROLE {role};
            CREATE FOREIGN DATA WRAPPER w OPTIONS (token '{Secret}');
            CREATE SERVER far FOREIGN DATA WRAPPER w OPTIONS (host 'db1', password '{Secret}');
            CREATE USER MAPPING FOR {role} SERVER far OPTIONS ("user" 'ann', password '{Secret}');
            CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (passcode '{Secret}');
            CREATE FOREIGN TABLE t (a text) SERVER far OPTIONS ("key" '{Secret}');
            """
        );
        _server.Execute(
            source,
            $"CREATE SUBSCRIPTION {role} CONNECTION 'host=db1 password={Secret}' PUBLICATION p WITH (connect = false, slot_name = NONE)");
        try
        {
            Run(["dump", "-d", source, "-f", file.Path]).Succeeded();
            Run(["dump", "-d", source, "-F", "custom", "-f", file.Path + ".dump"]).Succeeded();

            // Into what is there already: every statement fails.
            foreach (
                string[] words in (string[][])
                    [
                        ["pg_restore", "-v", "-j", "2", "-d", source, file.Path + ".dump"],
                        ["pg_restore", "-1", "-d", source, file.Path],
                        ["restore", "-v", "-d", source, file.Path],
                        ["restore", "--json", "-v", "-d", source, file.Path],
                        ["restore", "-1", "-d", source, file.Path],
                    ])
            {
                Command run = Run(words);
                Assert.NotEqual(0, run.ExitCode);
                Assert.DoesNotContain(Secret, run.Error, StringComparison.Ordinal);
            }

            Command masked = Run(["pg_restore", "-d", source, file.Path + ".dump"]);
            Assert.Contains("Command was: CREATE USER MAPPING FOR", masked.Error, StringComparison.Ordinal);
            Assert.Contains("password '***'", masked.Error, StringComparison.Ordinal);
            Command shown = Run(["pg_restore", "--show-secrets", "-d", source, file.Path + ".dump"]);
            Assert.Contains($"password '{Secret}'", shown.Error, StringComparison.Ordinal);
            Assert.Equal(shown.Error.Replace(Secret, "***", StringComparison.Ordinal), masked.Error);

            // What is restored, or made a script of, is no message.
            Assert.Contains(Secret, Run(["dump", "-d", source, "-F", "plain"]).Output, StringComparison.Ordinal);
        }
        finally
        {
            _server.Execute(source, $"DROP SUBSCRIPTION {role}");
            _server.DropDatabase(source);
            _server.Execute("postgres", $"DROP ROLE {role}");
        }
    }

    private Command Run(string[] words) =>
        Command.Run(
            TestedProgram.Words[0],
            [
                .. TestedProgram.Words[1..],
                words[0],
                "-h",
                _server.Host,
                "-p",
                _server.Port.ToString(CultureInfo.InvariantCulture),
                "-U",
                _server.User,
                .. words[1..],
            ],
            environment: new Dictionary<string, string?> { ["PGPASSWORD"] = _server.Password }
        );
}
