using PureDump;
using System.CommandLine;
using PureDump.Bench.EndToEnd;
using PureDump.Bench.Micro;
using PureDump.Formats.Errors;
using PureDump.TestSupport;

// BenchmarkDotNet has a command line of its own.
if (args is ["micro", .. string[] rest])
{
    return MicroBenchmarks.Run(rest);
}

var root = new RootCommand(
    "Measures PureDump. `micro [OPTION]...` runs the benchmarks of single parts; the options are BenchmarkDotNet's, such as --filter "
        + "'*Codec*'.")
{
    DataCommand.Create(),
    EndToEndCommand.Create(),
};
try
{
    // Signals are taken by the commands themselves.
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception failure) when (failure is BenchException or PureDumpException or ServerUnavailableException or OperationCanceledException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
catch (Exception failure)
{
    // Caught so that servers and files go away on the way here.
    Console.Error.WriteLine(failure);
    return 1;
}
