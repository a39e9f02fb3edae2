using System.Globalization;
using PureDump.Fuzz;

// Runs from anywhere inside the checkout: dotnet run --project tests/PureDump.Fuzz -- [TARGET|all] [ROUNDS] [SEED]
string root = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(root, "PureDump.sln")))
{
    root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("no PureDump.sln above the program: run it from a checkout");
}

string name = args.Length > 0 ? args[0] : "all";
int roundCount = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
int seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Environment.TickCount;
int failureCount = 0;
foreach (
    FuzzTarget target in FuzzTargets.All(Path.Combine(root, "formats", "golden")).Where(target => name == "all" || target.Name == name))
{
    string? failure = FuzzRun.Run(target, seed, roundCount);
    Console.WriteLine(failure ?? $"{target.Name}: {roundCount} inputs from seed {seed}, nothing but named errors");
    failureCount += failure is null ? 0 : 1;
}

return failureCount == 0 ? 0 : 1;
