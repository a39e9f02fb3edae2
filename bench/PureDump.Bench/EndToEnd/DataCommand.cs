using System.CommandLine;
using System.Diagnostics;
using PureDump.Bench.EndToEnd.Data;
using PureDump.Postgres.Connection;

namespace PureDump.Bench.EndToEnd;

/// <summary><c>data DATASET</c>: makes a data set in a server that is there, for profiling by hand.</summary>
internal static class DataCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("DATASET")
        {
            Description = string.Join("; ", Datasets.All.Select(dataset => $"{dataset.Name}: {dataset.Description}")),
        };
        var database = new Option<string>("-d", "--dbname")
        {
            Description = "the database: a name, conninfo string or URI",
            Required = true,
        };
        var scale = new Option<double?>("--scale") { Description = "how much of it" };
        var seed = new Option<ulong>("--seed") { Description = "which of the many alike", DefaultValueFactory = _ => Dataset.UsualSeed };
        var command = new Command("data", "make a data set in a database, and nothing else") { name, database, scale, seed };
        command.SetAction(options =>
        {
            Dataset dataset = Datasets.Find(options.GetValue(name)!);
            Make(dataset, options.GetValue(database)!, options.GetValue(scale) ?? dataset.UsualScale, options.GetValue(seed));
            return 0;
        });
        return command;
    }

    private static void Make(Dataset dataset, string database, double scale, ulong seed)
    {
        ConnectionTarget target = ConnectionTarget.Resolve(
            new ConnectionArguments { Database = database },
            Environment.GetEnvironmentVariable);
        var watch = Stopwatch.StartNew();
        DataLoader.Load(
            target,
            dataset.Plan(scale, seed),
            step => Console.WriteLine($"{watch.Elapsed.TotalSeconds, 8:F1} s  {step}"),
            CancellationToken.None);
        Console.WriteLine($"{watch.Elapsed.TotalSeconds, 8:F1} s  done");
    }
}
