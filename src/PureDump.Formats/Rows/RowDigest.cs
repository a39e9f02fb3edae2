namespace PureDump.Formats.Rows;

/// <summary>What a set of rows comes to, whatever order they are in: two sets of other rows almost certainly differ in it.</summary>
/// <param name="RowCount">How many rows.</param>
/// <param name="Sum">The sum of the XXH3-64 hashes of their bytes in COPY's format, modulo 2^128; finds accidents, not forgery.</param>
internal readonly record struct RowDigest(long RowCount, UInt128 Sum)
{
    /// <summary>Both sets together.</summary>
    public static RowDigest operator +(RowDigest left, RowDigest right) =>
        new(left.RowCount + right.RowCount, unchecked(left.Sum + right.Sum));

    /// <summary>What is left of a set without another that is a part of it.</summary>
    public static RowDigest operator -(RowDigest left, RowDigest right) =>
        new(left.RowCount - right.RowCount, unchecked(left.Sum - right.Sum));
}
