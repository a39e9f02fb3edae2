using System.Globalization;

namespace PureDump.Formats.Entries;

/// <summary>The number of an object within one dump; entries name what they depend on by it. Starts at 1.</summary>
/// <param name="Value">The number.</param>
internal readonly record struct DumpId(int Value) : IComparable<DumpId>
{
    /// <inheritdoc/>
    public int CompareTo(DumpId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
