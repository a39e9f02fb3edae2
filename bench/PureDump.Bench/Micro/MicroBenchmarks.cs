using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace PureDump.Bench.Micro;

/// <summary>The benchmarks of single parts, no server and no disk under them.</summary>
internal static class MicroBenchmarks
{
    private static readonly Type[] s_all =
        [typeof(CopyOutBenchmark), typeof(ColumnBenchmark), typeof(CodecBenchmark), typeof(ChecksumBenchmark), typeof(TocSortBenchmark)];

    /// <summary>Runs those the options choose, all where there is no choice.</summary>
    /// <returns>0, or 1 where a benchmark failed (one also fails that allocates where it must not).</returns>
    public static int Run(string[] options)
    {
        IConfig config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default);
        string[] choice = options.Any(option => option is "--filter" or "-f") ? options : ["--filter", "*", .. options];
        Summary[] summaries = [.. BenchmarkSwitcher.FromTypes(s_all).Run(choice, config)];
        bool isWhole =
            summaries.Length > 0
            && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success));
        return isWhole ? 0 : 1;
    }
}
