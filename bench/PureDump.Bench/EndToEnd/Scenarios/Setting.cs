using System.Globalization;
using PureDump.Bench.EndToEnd.Data;
using PureDump.Bench.EndToEnd.Measure;
using PureDump.Bench.EndToEnd.Peers;

namespace PureDump.Bench.EndToEnd.Scenarios;

/// <summary>What the scenarios of one data set work with.</summary>
/// <param name="Server">Has the data set in a database of its name.</param>
/// <param name="Dataset">The data set.</param>
/// <param name="PureDumps">The builds of PureDump, the first one is the one that the bars are about.</param>
/// <param name="Peers">The newest first.</param>
/// <param name="Directory">An empty directory for archives, with room for the largest.</param>
/// <param name="Jobs">What stands behind every -j.</param>
internal sealed record Setting(
    BenchServer Server,
    Dataset Dataset,
    IReadOnlyList<PureDumpProgram> PureDumps,
    IReadOnlyList<PgPrograms> Peers,
    string Directory,
    int Jobs)
{
    private const string RowsOf =
        "SELECT coalesce(sum(reltuples), 0)::bigint FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace";
    private long? _rowCount;
    private long? _largestRowCount;

    /// <summary>The words behind -d for the data set.</summary>
    public string Source => Server.Conninfo(Dataset.Name);

    /// <summary>The number behind -j as text.</summary>
    public string JobsText => Jobs.ToString(CultureInfo.InvariantCulture);

    /// <summary>The rows of all tables.</summary>
    public long RowCount => _rowCount ??= Number(RowsOf);

    /// <summary>The rows of the table that is measured alone.</summary>
    public long LargestRowCount => _largestRowCount ??= Number($"{RowsOf} AND relname = '{Dataset.LargestTable}'");

    /// <summary>Runs one step after the other.</summary>
    public Figures Run(params IEnumerable<Step> steps)
    {
        Figures sum = Figures.None;
        foreach (Step step in steps)
        {
            string place = System.IO.Directory.CreateDirectory(Path.Combine(Directory, "talk")).FullName;
            sum = sum.Then(StepRun.Run(step, place, Server.ClientEnvironment));
            System.IO.Directory.Delete(place, recursive: true);
        }

        return sum;
    }

    /// <summary>A path in the directory.</summary>
    public string PathOf(string name) => Path.Combine(Directory, name);

    private long Number(string sql) => long.Parse(Server.Scalar(Dataset.Name, sql), CultureInfo.InvariantCulture);
}
