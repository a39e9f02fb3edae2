using System.Globalization;
using PureDump.Bench.EndToEnd.Data;
using PureDump.Bench.EndToEnd.Measure;
using PureDump.Bench.EndToEnd.Peers;
using PureDump.Bench.EndToEnd.Report;
using PureDump.Bench.EndToEnd.Scenarios;
using PureDump.TestSupport;

namespace PureDump.Bench.EndToEnd;

/// <summary>One bench: for each data set a database, for each scenario a tournament. It disposes its servers.</summary>
/// <param name="options">What is measured.</param>
/// <param name="say">Told what happens.</param>
/// <param name="cancellation">Looked at between two runs.</param>
internal sealed class EndToEndRun(EndToEndOptions options, Action<string> say, CancellationToken cancellation) : IDisposable
{
    private readonly BenchServer _server = new(options.ServerMajor, options.WalLevel);
    private readonly IReadOnlyList<PgPrograms> _peers = PgPrograms.Find(options.PgDirectories, options.ServerMajor);
    private BenchServer? _other;

    /// <summary>Does it all.</summary>
    /// <exception cref="BenchException">A run failed, or what was asked for is not there.</exception>
    public Results Run()
    {
        if (options.Rounds.IsCold && !BenchServer.CanDropCaches)
        {
            throw new BenchException("the system's cache cannot be dropped here: that takes root, and a /proc/sys that can be written to");
        }

        Results results = Begin();
        foreach (Dataset dataset in options.Datasets)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"puredump-bench-{Environment.ProcessId}-{dataset.Name}");
            string directory = Directory.CreateDirectory(Path.Combine(options.WorkDirectory, name)).FullName;
            try
            {
                Measure(new Setting(_server, dataset, options.PureDumps, _peers, directory, options.Jobs), results);
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        }

        return results.Runs.Count > 0
            ? results
            : throw new BenchException("nothing was measured: no scenario or contestant is as asked for");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Dispose();
        _other?.Dispose();
    }

    private Results Begin() => new()
    {
        Begin = DateTimeOffset.UtcNow,
        Machine = Machine.Describe(),
        Server = _server.Version,
        ServerSettings = _server.Settings,
        Programs = Versions().ToDictionary(program => program.Label, program => program.Version),
        Subject = options.PureDumps[0].Label,
        Jobs = options.Jobs,
        Rounds = options.Rounds,
    };

    private IEnumerable<(string Label, string Version)> Versions() =>
    [
        .. options.PureDumps.Select(program => (program.Label, program.Version)),
        .. _peers.Select(programs => ($"pg {programs.Major}", programs.Version)),
        .. Command.Find(Labels.PgCopyDb) is { } program ? [(Labels.PgCopyDb, VersionOf(program))] : Array.Empty<(string, string)>(),
    ];

    // Its first line; what it is compatible with follows.
    private static string VersionOf(string program) => Command.Run(program, ["--version"]).Succeeded().Output.Split('\n')[0];

    private void Measure(Setting setting, Results results)
    {
        double scale = options.Scale ?? setting.Dataset.UsualScale;
        _server.Load(setting.Dataset, scale, options.Seed, step => say($"{setting.Dataset.Name}: {step}"), cancellation);
        long databaseBytes = long.Parse(
            _server.Scalar(setting.Dataset.Name, "SELECT pg_database_size(current_database())"),
            CultureInfo.InvariantCulture);
        bool hasUsualScale = scale == setting.Dataset.UsualScale;
        results.Datasets.Add(
            new MeasuredDataset(
                setting.Dataset.Name,
                setting.Dataset.Description,
                scale,
                hasUsualScale,
                options.Seed,
                setting.RowCount,
                databaseBytes));
        foreach (
            Scenario scenario in ScenariosFor(setting, isFirst: results.Datasets.Count == 1).Select(scenario => Chosen(setting, scenario)))
        {
            if (scenario.Contestants.Count == 0)
            {
                say($"{scenario.Name}: nobody takes part");
                continue;
            }

            results.Scenarios.Add(Described(setting, scenario));
            results.Runs.AddRange(Tournament.Run(setting, scenario, options.Rounds, say, cancellation));
        }

        _server.Drop(setting.Dataset.Name);
    }

    // Each is made when it is its turn: what it takes, such as another server, is there only then.
    private IEnumerable<Scenario> ScenariosFor(Setting setting, bool isFirst)
    {
        bool hasLargest = setting.LargestRowCount * 2 >= setting.RowCount;
        bool hasOthers = setting.LargestRowCount < setting.RowCount;
        (string Name, bool IsSensible, Func<Scenario> Create)[] all =
        [
            (StartScenario.Version, isFirst, () => StartScenario.OfVersion(setting, options.StartsPerRound)),
            (StartScenario.Query, isFirst, () => StartScenario.OfQuery(setting, options.StartsPerRound)),
            (DumpScenario.Whole, true, () => DumpScenario.OfWhole(setting)),
            (DumpScenario.Table, hasLargest && hasOthers, () => DumpScenario.OfTable(setting)),
            (RestoreScenario.Whole, true, () => RestoreScenario.OfWhole(setting)),
            (RestoreScenario.Table, hasLargest, () => RestoreScenario.OfTable(setting)),
            (
                CopyScenario.Name,
                true,
                () => CopyScenario.Create(setting, _other ??= new BenchServer(options.ServerMajor, options.WalLevel))),
        ];
        return all.Where(one => one.IsSensible && IsChosen(setting, one.Name)).Select(one => one.Create());
    }

    private bool IsChosen(Setting setting, string scenario) =>
        (options.Scenarios.Count == 0 || options.Scenarios.Contains(scenario))
        && (!options.IsForBars || Bars.Need(setting.Dataset.Name, scenario, options.PureDumps[0].Label));

    private Scenario Chosen(Setting setting, Scenario scenario) => scenario with
    {
        Contestants =
        [
            .. scenario.Contestants.Where(one =>
                (options.Contestants.Count == 0 || options.Contestants.Any(part => one.Label.Contains(part, StringComparison.Ordinal)))
                && (!options.IsForBars || Bars.Need(setting.Dataset.Name, scenario.Name, one.Label, options.PureDumps[0].Label))),
        ],
    };

    private MeasuredScenario Described(Setting setting, Scenario scenario)
    {
        string[] labels = [.. scenario.Contestants.Select(contestant => contestant.Label)];
        string? asked = options.Base is null
            ? null
            : labels.FirstOrDefault(label => label.Contains(options.Base, StringComparison.Ordinal));
        return new MeasuredScenario(
            setting.Dataset.Name,
            scenario.Name,
            scenario.Description,
            labels,
            asked ?? (scenario.Base is { } usual && labels.Contains(usual) ? usual : labels[0]),
            scenario.LeftOut);
    }
}
