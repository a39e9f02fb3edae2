using System.Text;
using PureDump.TestSupport;

namespace PureDump.Soak;

/// <summary>results.md beside the project: what the last full run of each matrix gave.</summary>
internal static class ResultsFile
{
    private const string Head = """
        # Results

        What the last full run of each matrix gave. `dotnet run --project tests/PureDump.Soak -- NAME` runs one and writes its part of this
        file; nobody else does.


        """;

    // What was wrong stands first, what the run said of it behind.
    private const int FailureLengthMax = 400;

    private static string Path => Repository.PathOf("tests", "PureDump.Soak", "results.md");

    /// <summary>Puts the results of a matrix into the file, in place of its last ones.</summary>
    public static void Write(Matrix matrix, MatrixRequest request, MatrixReport report)
    {
        string title = $"## {matrix.Name}";
        string before = File.Exists(Path) ? File.ReadAllText(Path) : Head;
        string[] parts = [.. before.Split("\n## ").Skip(1).Select(static part => "## " + part.TrimEnd() + "\n")];
        IEnumerable<string> others = parts.Where(part => !part.StartsWith(title + "\n", StringComparison.Ordinal));
        File.WriteAllText(
            Path,
            Head + string.Join('\n', others.Append(Section(title, request, report)).Order(StringComparer.Ordinal)));
    }

    private static string Section(string title, MatrixRequest request, MatrixReport report)
    {
        var text = new StringBuilder();
        text.Append($"{title}\n\n| last commit of src | seed | of each | server | failures |\n| --- | --- | --- | --- | --- |\n");
        text.Append($"| {Commit()} | {request.Seed} | {request.Count} | {request.Major} | {report.FailureCount} |\n\n");
        foreach (string note in report.Notes)
        {
            text.Append(note).Append('\n');
        }

        text.Append($"\n| | {string.Join(" | ", report.Columns)} |\n|");
        text.Append(string.Concat(Enumerable.Repeat(" --- |", report.Columns.Count + 1))).Append('\n');
        foreach (string row in report.Rows)
        {
            text.Append($"| {row} | {string.Join(" | ", report.Columns.Select(column => report.Count(row, column)))} |\n");
        }

        foreach (string failure in report.Failures)
        {
            string line = failure.ReplaceLineEndings(" ");
            text.Append("\n- ").Append(line.Length <= FailureLengthMax ? line : line[..FailureLengthMax] + " ...");
        }

        text.Append(report.Failures.Count > 0 ? "\n" : "");

        return text.ToString();
    }

    // Of the program: what stands beside its source changes nothing of what is run.
    private static string Commit()
    {
        string last = Command.Run("git", ["log", "-1", "--format=%h", "--", "src"], Repository.Root).Succeeded().Output.Trim();
        string changes = Command.Run("git", ["status", "--porcelain", "--", "src"], Repository.Root).Succeeded().Output;
        return changes.Length == 0 ? last : $"{last} and changes";
    }
}
