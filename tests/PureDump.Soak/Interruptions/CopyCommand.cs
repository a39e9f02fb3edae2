using PureDump.TestSupport;

namespace PureDump.Soak.Interruptions;

/// <summary>A copy of the source into another database.</summary>
internal sealed class CopyCommand(Surroundings surroundings, int jobs) : TransferCommand(surroundings)
{
    public override string Name => $"copy -j {jobs}";

    public override bool HasSource => true;

    public override bool HasTarget => true;

    public override TransferTarget MakeTarget(bool isThere) => new DatabaseTarget(Surroundings);

    public override PureDumpProcess Start(TransferTarget target, Route source, Route into, bool isAgain)
    {
        string[] clean = isAgain ? ["-c", "--if-exists"] : [];
        return PureDumpProcess.Start(
            [
                "copy", "-j", $"{jobs}", .. clean, "--source", ConnectionOf(source, Surroundings.Source),
                "--target", ConnectionOf(into, ((DatabaseTarget)target).Name),
            ],
            Surroundings.Server.Password);
    }
}
