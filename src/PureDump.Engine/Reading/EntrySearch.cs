using System.Globalization;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;

namespace PureDump.Engine.Reading;

/// <summary>Finds entries of an archive by what a user calls them.</summary>
internal static class EntrySearch
{
    private const int ListedMax = 20;

    /// <summary>An entry, or an object with its privileges and comments, in the order of the archive.</summary>
    /// <param name="toc">The table of contents.</param>
    /// <param name="typed">The number of an entry, or the name of an object, with or without its schema.</param>
    /// <exception cref="PureDumpException">None is called that (<see cref="ErrorKind.NotFound"/>), or several objects are
    /// (<see cref="ErrorKind.Usage"/>).</exception>
    public static IReadOnlyList<TocEntry> Object(Toc toc, string typed)
    {
        string text = TypedText.BytesIn(toc.Origin.Encoding, typed);
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && toc.TryFind(new DumpId(id), out TocEntry? entry))
        {
            return [entry];
        }

        TocEntry[] named = [.. toc.Entries.Where(entry => IsCalled(entry, text))];
        if (named.Length == 0)
        {
            throw new PureDumpException(
                ErrorKind.NotFound,
                $"no entry of the archive is called \"{text}\"",
                "puredump list shows all entries");
        }

        HashSet<DumpId> ofFirst = ObjectOf(named);
        if (Array.Exists(named, entry => !ofFirst.Contains(entry.Id)))
        {
            throw Several($"several objects are called \"{text}\"", named, "give the number of one");
        }

        return [.. toc.Entries.Where(entry => ofFirst.Contains(entry.Id) || HangsOn(entry, ofFirst))];
    }

    /// <summary>The entry of a table's rows.</summary>
    /// <param name="toc">The table of contents.</param>
    /// <param name="typed">The number of the entry or of its table, or the table's name, with or without its schema; null where there is
    /// but one.</param>
    /// <exception cref="PureDumpException">As for <see cref="Object"/>.</exception>
    public static TocEntry Rows(Toc toc, string? typed)
    {
        TocEntry[] tables = [.. toc.Entries.Where(static entry => entry.Rows is not null)];
        string? text = typed is null ? null : TypedText.BytesIn(toc.Origin.Encoding, typed);
        if (text is not null)
        {
            bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            TocEntry[] numbered = isNumber
                ? [.. tables.Where(entry => entry.Id.Value == number || entry.Rows!.TableEntry?.Value == number)]
                : [];
            tables = numbered.Length > 0 ? numbered : [.. tables.Where(entry => IsCalled(entry, text))];
        }

        return tables switch
        {
            [var only] => only,
            [] => throw new PureDumpException(
                ErrorKind.NotFound,
                text is null ? "the archive holds no rows of tables" : $"the archive holds no rows of a table called \"{text}\"",
                "puredump list shows all entries"),
            _ => throw Several(
                text is null ? "the archive holds rows of several tables" : $"several tables are called \"{text}\"",
                tables,
                "name one with -t, or give its number"),
        };
    }

    private static bool IsCalled(TocEntry entry, string text) =>
        entry.Name == text || (entry.Schema is not null && $"{entry.Schema}.{entry.Name}" == text);

    private static PureDumpException Several(string message, IReadOnlyList<TocEntry> entries, string hint)
    {
        string list = string.Join(", ", entries.Take(ListedMax).Select(entry => $"{entry.Id} ({entry.Label})"));
        string more = entries.Count > ListedMax ? $" and {entries.Count - ListedMax} more" : "";
        return new PureDumpException(ErrorKind.Usage, $"{message}: {list}{more}", hint);
    }

    // The first entry and those of the same name that need it, such as a table's rows.
    private static HashSet<DumpId> ObjectOf(IReadOnlyList<TocEntry> named)
    {
        var result = new HashSet<DumpId> { named[0].Id };
        foreach (TocEntry entry in named)
        {
            if (entry.Schema == named[0].Schema && entry.Dependencies.Any(result.Contains))
            {
                result.Add(entry.Id);
            }
        }

        return result;
    }

    // Comments, privileges and labels have no section of their own.
    private static bool HangsOn(TocEntry entry, HashSet<DumpId> ids) =>
        entry.Section == Section.None && entry.Dependencies.Any(ids.Contains);
}
