using PureDump.Bench.Micro;

if (args is ["micro", .. string[] rest])
{
    return MicroBenchmarks.Run(rest);
}

Console.Error.WriteLine("usage: dotnet run -c Release --project bench/PureDump.Bench -- micro [OPTION]...");
Console.Error.WriteLine("       the options are BenchmarkDotNet's, such as --filter '*Codec*' and --job short");
return 2;
