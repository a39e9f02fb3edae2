using PureDump.Soak.Interruptions;

namespace PureDump.Soak;

/// <summary>All of them.</summary>
internal static class Matrices
{
    public static IReadOnlyList<Matrix> All { get; } =
    [
        new("interruptions", "dumps, restores and copies that are killed, interrupted, out of room or cut off", InterruptionMatrix.Run),
    ];
}
