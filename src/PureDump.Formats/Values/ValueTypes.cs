using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;

namespace PureDump.Formats.Values;

/// <summary>
/// The types of a dump's columns, as far as their values in binary can be made text without a server: those of the server
/// itself, and users' types whose statements stand in the table of contents. One thread at a time.
/// </summary>
/// <remarks>
/// Binary rows become text in <c>Formats/Values</c>, with TimeZone UTC; domains, enums, ranges and composites by parsing the Toc's own
/// CREATE statements: an archive has but the names of types, and its statements are pg_dump's to the byte; what parses otherwise is
/// unknown. money (its text depends on lc_monetary) and columns of a table's row type are refused by name.
/// </remarks>
internal sealed class ValueTypes
{
    // A type that holds others that hold others: deeper is nobody's, and every level costs a stack frame.
    private const int DepthMax = 16;

    private readonly DumpOrigin _origin;
    private readonly Dictionary<(string Schema, string Name), TocEntry> _entries = [];
    private readonly Dictionary<(string Schema, string Name), (string Schema, string Name)> _multiranges = [];
    private readonly Dictionary<(string Schema, string Name), ValueType?> _known = [];
    private readonly Dictionary<string, List<string>> _extensionsBySchema = [];

    /// <summary>The types of a dump.</summary>
    public ValueTypes(Toc toc)
    {
        _origin = toc.Origin;
        foreach (TocEntry entry in toc.Entries)
        {
            switch (entry.Kind)
            {
                case EntryKind.Type or EntryKind.Domain when entry.Schema is not null:
                    AddType((entry.Schema, entry.Name), entry);
                    break;
                case EntryKind.Extension:
                    AddExtension(entry);
                    break;
            }
        }
    }

    /// <summary>The first column whose values cannot become text; null where all can.</summary>
    /// <param name="rows">Binary rows of this dump; rows that are text already have no such column.</param>
    public RowColumn? FirstUnknown(TableRows rows)
    {
        if (rows.Format == RowFormat.Binary)
        {
            foreach (RowColumn column in rows.Columns)
            {
                if (Find(column.TypeName) is null)
                {
                    return column;
                }
            }
        }

        return null;
    }

    /// <summary>Something that makes text of the rows of a table.</summary>
    /// <param name="rows">Binary rows of this dump.</param>
    /// <exception cref="PureDumpException">The values of a column cannot become text (<see cref="ErrorKind.Catalog"/>).</exception>
    public RowTextDecoder OpenDecoder(TableRows rows)
    {
        if (FirstUnknown(rows) is { } unknown)
        {
            throw new PureDumpException(
                ErrorKind.Catalog,
                $"the rows of {SqlText.Name(rows.Schema, rows.Table)} are stored in binary and cannot become text without a server: "
                    + $"column {SqlText.Name(unknown.Name)} is of type {unknown.TypeName}",
                "dump the table with --data-format text");
        }

        return new RowTextDecoder(rows, [.. rows.Columns.Select(column => Find(column.TypeName)!)], _origin.ServerVersionNumber);
    }

    private void AddType((string Schema, string Name) name, TocEntry entry)
    {
        // A hostile table of contents may hold two; which one counts does not matter.
        _entries[name] = entry;
        if (
            entry.CreateSql.Contains(" AS RANGE (", StringComparison.Ordinal)
            && UserType.Read(entry.CreateSql)?.Multirange is { Schema: { } schema } multirange)
        {
            _multiranges[(schema, multirange.Name)] = name;
        }
    }

    private void AddExtension(TocEntry entry)
    {
        const string before = " WITH SCHEMA ";
        int at = entry.CreateSql.IndexOf(before, StringComparison.Ordinal) + before.Length;
        if (at >= before.Length && TypeName.TakeIdentifier(entry.CreateSql, ref at) is { } schema)
        {
            if (!_extensionsBySchema.TryGetValue(schema, out List<string>? extensions))
            {
                _extensionsBySchema.Add(schema, extensions = []);
            }

            extensions.Add(entry.Name);
        }
    }

    private ValueType? Find(string typeName) => TypeName.Parse(typeName) is { } name ? Find(name, 0) : null;

    private ValueType? Find(TypeName name, int depth)
    {
        ValueType? type = depth > DepthMax ? null
            : BuiltInTypes.Find(name.Schema, name.Name)
            ?? (name.Schema is null ? null : FindUsers((name.Schema, name.Name), depth));
        return type is not null && name.IsArray ? new ValueType($"{type.Name}[]", ValueKind.Array, type) : type;
    }

    private ValueType? FindUsers((string Schema, string Name) name, int depth)
    {
        if (_known.TryGetValue(name, out ValueType? known))
        {
            return known;
        }

        // A type that holds itself, which the server does not let be, finds this.
        _known[name] = null;
        ValueType? type = _entries.TryGetValue(name, out TocEntry? entry)
            ? UserType.Read(entry.CreateSql) is { } users
                ? Make(SqlText.Name(name.Schema, name.Name), users, depth)
                : null
            : _multiranges.TryGetValue(name, out (string Schema, string Name) rangeName)
                ? FindUsers(rangeName, depth + 1) is { } range
                    ? new ValueType(SqlText.Name(name.Schema, name.Name), ValueKind.Multirange, range)
                    : null
                : BuiltInTypes.FindOfExtension(_extensionsBySchema.GetValueOrDefault(name.Schema) ?? [], name.Name);
        _known[name] = type;
        return type;
    }

    private ValueType? Make(string name, UserType type, int depth)
    {
        var parts = new ValueType[type.Parts.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            if (Find(type.Parts[i], depth + 1) is not { } part)
            {
                return null;
            }

            parts[i] = part;
        }

        return type.Kind is { } kind ? new ValueType(name, kind, parts) : parts[0];
    }
}
