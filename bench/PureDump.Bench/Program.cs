using System.CommandLine;
using PureDump.Bench.EndToEnd;
using PureDump.Bench.Micro;
using PureDump.Formats.Errors;

// BenchmarkDotNet has a command line of its own.
if (args is ["micro", .. string[] rest])
{
    return MicroBenchmarks.Run(rest);
}

var root = new RootCommand("Measures PureDump. `micro [OPTION]...` runs the benchmarks of single parts; the options are BenchmarkDotNet's, such as --filter '*Codec*'.")
{
    DataCommand.Create(),
};
try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception failure) when (failure is BenchException or PureDumpException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
