using PureDump.TestSupport;

namespace PureDump.Soak.Interruptions;

/// <summary>A dump into a file or a directory.</summary>
internal sealed class DumpCommand(Surroundings surroundings, string format, int jobs) : TransferCommand(surroundings)
{
    public override string Name => $"dump -F {format} -j {jobs}";

    public override bool HasSource => true;

    public override bool HasTarget => false;

    public override TransferTarget MakeTarget(bool isThere) => new OutputTarget(Surroundings, format == "directory", isThere);

    public override PureDumpProcess Start(TransferTarget target, Route source, Route into, bool isAgain) => PureDumpProcess.Start(
        ["dump", .. WordsOf(source), "-d", Surroundings.Source, "-F", format, "-j", $"{jobs}", "-f", ((OutputTarget)target).Path],
        Surroundings.Server.Password);
}
