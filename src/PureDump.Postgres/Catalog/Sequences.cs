using System.Globalization;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the parameters and the values of sequences (pg_dump.c, collectSequences and dumpSequenceData).</summary>
internal static class Sequences
{
    // Each sequence is a subquery of its own there, and the time to plan them grows faster than their number.
    private const int ValuesPerStatement = 500;

    /// <summary>Fills <see cref="TableObject.Definition"/> of the sequences that are dumped, then reads the values wanted.</summary>
    /// <exception cref="PureDumpException">The value of a dumped sequence may not be read (<see cref="ErrorKind.Permission"/>),
    /// or a sequence was dropped meanwhile (<see cref="ErrorKind.Catalog"/>); the message names it.</exception>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        uint[] dumped = [.. catalog.All<TableObject>().Where(table => table.IsSequence && table.IsInteresting).Select(table => table.Id.Row.Value)];
        foreach ((Oid oid, SequenceDefinition definition, string? isReadable) in session.Query("Sequences.sql", Map, dumped))
        {
            TableObject sequence = catalog.FindTable(oid)!;
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

        var open = new List<TableObject>();
        foreach ((Oid oid, string? value) in session.Query("SequenceValues.sql", MapValue, oids))
        {
            TableObject sequence = catalog.FindTable(oid)!;
            if (value is not null)
            {
                Keep(sequence, value);
            }
            else if (session.Features.HasSequenceDataFunction)
            {
                throw Unreadable(sequence, isDropped: true);
            }
            else
            {
                open.Add(sequence);
            }
        }

        foreach (TableObject[] some in open.Chunk(ValuesPerStatement))
        {
            foreach ((Oid oid, string? value) in session.QueryText(ValuesStatement(some), "reading the values of the sequences", MapValue))
            {
                TableObject sequence = catalog.FindTable(oid)!;
                Keep(sequence, value ?? throw Unreadable(sequence, isDropped: true));
            }
        }
    }

    // Both columns in one subquery: they must be of the same moment.
    private static string ValuesStatement(TableObject[] sequences)
    {
        var sql = new StringBuilder("SELECT v.oid, v.value FROM (VALUES ");
        for (int i = 0; i < sequences.Length; i++)
        {
            TableObject sequence = sequences[i];
            sql.Append(i == 0 ? "" : ",\n")
                .Append(CultureInfo.InvariantCulture, $"({sequence.Id.Row}::oid, ")
                .Append("(SELECT s.last_value::text || ' ' || s.is_called::text FROM ")
                .Append(SqlText.Name(sequence.Schema!.Name, sequence.Name))
                .Append(" s))");
        }

        return sql.Append(") AS v(oid, value)").ToString();
    }

    private static (Oid Sequence, string? Value) MapValue(ref CatalogRow row) => (row.Oid(), row.TextOrNull());

    private static void Keep(TableObject sequence, string value)
    {
        int blank = value.IndexOf(' ', StringComparison.Ordinal);
        sequence.Value!.LastValue = long.Parse(value.AsSpan(0, blank), CultureInfo.InvariantCulture);
        sequence.Value.IsCalled = value.AsSpan(blank + 1).SequenceEqual("true");
    }

    private static PureDumpException Unreadable(TableObject sequence, bool isDropped)
    {
        string name = SqlText.Name(sequence.Schema!.Name, sequence.Name);
        return isDropped
            ? new PureDumpException(
                ErrorKind.Catalog, $"sequence {name} has no value to read; it was dropped while the dump began", "run the dump again")
            : new PureDumpException(
                ErrorKind.Permission, $"the value of sequence {name} may not be read", "grant SELECT on it to the role that dumps, or leave it out");
    }
}
