using System.Globalization;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the parameters and the values of sequences (pg_dump.c, collectSequences and dumpSequenceData).</summary>
/// <remarks>
/// Sequence values before 18 come from <c>query_to_xml</c>: it is the one way to read two columns of every sequence in one statement.
/// </remarks>
internal static class Sequences
{
    /// <summary>Fills <see cref="TableObject.Definition"/> of the sequences that are dumped, then reads the values wanted.</summary>
    /// <exception cref="PureDumpException">The value of a dumped sequence may not be read (<see cref="ErrorKind.Permission"/>),
    /// or a sequence was dropped meanwhile (<see cref="ErrorKind.Catalog"/>); the message names it.</exception>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        uint[] dumped =
        [
            .. catalog.All<TableObject>().Where(table => table.IsSequence && table.IsInteresting).Select(table => table.Id.Row.Value),
        ];
        foreach ((Oid oid, SequenceDefinition definition, string? isReadable) in session.Query("Sequences.sql", Map, dumped))
        {
            TableObject sequence = catalog.TableOf(oid);
            sequence.Definition = definition;
            if (sequence.Value is not null && isReadable != "true")
            {
                throw Unreadable(sequence, isDropped: isReadable is null);
            }
        }

        ReadValues(session, catalog);
    }

    private static (Oid Sequence, SequenceDefinition Definition, string? IsReadable) Map(ref CatalogRow row) =>
    (
        row.Oid(),
        new SequenceDefinition(row.Text(), row.Int64(), row.Int64(), row.Int64(), row.Int64(), row.Int64(), row.Bool()),
        row.TextOrNull());

    private static void ReadValues(CatalogSession session, CatalogSet catalog)
    {
        uint[] oids = [.. catalog.All<TableObject>().Where(table => table.Value is not null).Select(table => table.Id.Row.Value)];
        if (oids.Length == 0)
        {
            return;
        }

        var missing = oids.ToHashSet();
        foreach ((Oid oid, string? value) in session.Query("SequenceValues.sql", MapValue, oids))
        {
            TableObject sequence = catalog.TableOf(oid);
            Keep(sequence, value ?? throw Unreadable(sequence, isDropped: true));
            missing.Remove(oid.Value);
        }

        foreach (uint oid in missing)
        {
            throw Unreadable(catalog.TableOf(new Oid(oid)), isDropped: true);
        }
    }

    private static (Oid Sequence, string? Value) MapValue(ref CatalogRow row) => (row.Oid(), row.TextOrNull());

    private static void Keep(TableObject sequence, string value)
    {
        int blank = value.IndexOf(' ', StringComparison.Ordinal);
        sequence.Value!.LastValue = long.TryParse(value.AsSpan(0, Math.Max(blank, 0)), CultureInfo.InvariantCulture, out long last)
            ? last
            : throw new PureDumpException(
                ErrorKind.Protocol,
                $"the server gives \"{value}\" for the value of the sequence {sequence.Name}");
        sequence.Value.IsCalled = value.AsSpan(blank + 1).SequenceEqual("true");
    }

    private static PureDumpException Unreadable(TableObject sequence, bool isDropped)
    {
        string name = SqlText.Name(sequence.Schema!.Name, sequence.Name);
        return isDropped
            ? new PureDumpException(
                ErrorKind.Catalog, $"sequence {name} has no value to read; it was dropped while the dump began", "run the dump again")
            : new PureDumpException(
                ErrorKind.Permission,
                $"the value of sequence {name} may not be read",
                "grant SELECT on it to the role that dumps, or leave it out");
    }
}
