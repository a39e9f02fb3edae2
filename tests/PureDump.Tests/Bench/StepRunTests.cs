using PureDump.Bench.EndToEnd;
using PureDump.Bench.EndToEnd.Measure;

namespace PureDump.Tests.Bench;

/// <summary>Processes as the bench runs and measures them.</summary>
public sealed class StepRunTests : IDisposable
{
    private static readonly Dictionary<string, string?> s_environment = new() { ["BENCH_WORD"] = "it's" };
    private readonly string _directory = Directory.CreateTempSubdirectory("steps").FullName;

    private string OutPath => Path.Combine(_directory, "out");

    [Fact]
    public void Processes_are_joined_by_pipes_and_get_the_environment()
    {
        Run(Shell("printf '%s ' \"$BENCH_WORD\"; seq 3"), new Stage(["tee", OutPath]));
        Assert.Equal("it's 1\n2\n3\n", File.ReadAllText(OutPath));
    }

    [Fact]
    public void Time_and_processor_are_those_of_the_processes_and_their_children()
    {
        Figures slept = Run(Shell("sleep 0.2; true"));
        Assert.InRange(slept.WallS, 0.2, 20);
        Figures counted = Run(Shell("(i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done); true"));
        Assert.InRange(counted.UserS, slept.UserS + 0.02, 20);
    }

    [Fact]
    public void Memory_is_that_of_the_process_and_not_ours()
    {
        byte[] ours = new byte[200 << 20];
        Array.Fill(ours, (byte)1);
        Figures small = Run(Shell("true"));
        Figures large = Run(new Stage(["dd", "if=/dev/zero", "of=/dev/null", "bs=64M", "count=1"]));
        GC.KeepAlive(ours);
        Assert.InRange(small.PeakBytes, 1 << 18, 30 << 20);
        Assert.InRange(large.PeakBytes, 64 << 20, 100 << 20);
    }

    [Fact]
    public void A_failure_says_what_failed_and_what_it_said()
    {
        BenchException error = Assert.Throws<BenchException>(() => Run(Shell("echo nothing fits >&2; exit 3"), new Stage(["cat"])));
        Assert.Contains("exited with 3\nnothing fits", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_can_be_forgiven_for_what_was_said()
    {
        Stage failing = Shell("echo only a setting >&2; exit 1");
        Run(failing with { Forgives = (exitCode, error) => exitCode == 1 && error == "only a setting\n" });
        Assert.Throws<BenchException>(() => Run(failing with { Forgives = (_, error) => error.Length == 0 }));
    }

    [Fact]
    public void A_program_that_is_not_there_is_a_failure() =>
        Assert.Contains(
            "exited with 127",
            Assert.Throws<BenchException>(() => Run(new Stage(["/nowhere/pg_dump"]))).Message,
            StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static Stage Shell(string script) => new(["/bin/sh", "-c", script]);

    private Figures Run(params Stage[] stages) =>
        StepRun.Run(
            new Step(stages),
            Directory.CreateDirectory(Path.Combine(_directory, Guid.NewGuid().ToString("N"))).FullName,
            s_environment);
}
