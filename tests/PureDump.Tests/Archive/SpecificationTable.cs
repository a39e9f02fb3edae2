using System.Globalization;
using PureDump.TestSupport;

namespace PureDump.Tests.Archive;

/// <summary>Reads the tables of a specification under formats/.</summary>
internal static class SpecificationTable
{
    /// <summary>Compares the offsets of a table with those of the code, and its sizes with the distances between them.</summary>
    public static void AssertOffsets(string file, string heading, int size, int[] due)
    {
        string[][] rows = Rows(file, heading);
        int[] offsets = [.. rows.Select(row => int.Parse(row[0], CultureInfo.InvariantCulture))];
        Assert.Equal(due, offsets);
        int[] sizes = [.. rows.Select(row => int.Parse(row[1], CultureInfo.InvariantCulture))];
        for (int i = 0; i < due.Length; i++)
        {
            int end = i + 1 < due.Length ? due[i + 1] : size;
            Assert.Equal(end, offsets[i] + sizes[i]);
        }
    }

    /// <summary>The rows of the first table below a heading.</summary>
    public static string[][] Rows(string file, string heading) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "formats", file))
            .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];
}
