using System.Globalization;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Ddl;

/// <summary>Sequences, and identity columns, which are made by their sequence's entry (pg_dump.c, dumpSequence).</summary>
internal static class SequenceDdl
{
    /// <summary>Adds the entries of one sequence: itself, whom it belongs to, its comment, its privileges.</summary>
    public static void Emit(TableObject sequence, DdlContext context)
    {
        string name = SqlText.Name(sequence.Schema!.Name, sequence.Name);
        string target = $"SEQUENCE {name}";
        if (sequence.Emits(Components.Definition))
        {
            TableObject? owner = sequence.OwningTable.IsNone ? null : context.Catalog.FindTable(sequence.OwningTable);
            bool isIdentity = sequence.IsIdentitySequence;
            context.Toc.Add(sequence, new TocEntry
            {
                Id = sequence.DumpId,
                CatalogId = sequence.Id,
                Kind = EntryKind.Sequence,
                Schema = sequence.Schema.Name,
                Name = sequence.Name,
                Owner = sequence.Owner,
                Section = Section.PreData,
                CreateSql = isIdentity ? Identity(sequence, owner!, name, context.Features) : Create(sequence, name),
                // An identity goes with its table.
                DropSql = isIdentity ? "" : $"DROP {target};\n",
                DropIfExistsSql = isIdentity ? "" : $"DROP SEQUENCE IF EXISTS {name};\n",
                OwnerTarget = isIdentity ? null : target,
                RelKind = 'S',
            });
            if (owner is not null && !isIdentity && owner.Emits(Components.Definition))
            {
                EmitOwnedBy(sequence, owner, name, context);
            }
        }

        CommentDdl.Emit(sequence, target, $"SEQUENCE {SqlText.Name(sequence.Name)}", sequence.Id, 0, sequence.Schema.Name, context);
        SecurityLabelDdl.Emit(sequence, target, context);
        TableDdl.EmitPrivileges(sequence, context);
    }

    /// <summary>Adds the entry that sets the value of a sequence.</summary>
    public static void Emit(SequenceSetObject value, DdlContext context)
    {
        if (!value.Emits(Components.Data))
        {
            return;
        }

        string name = SqlText.Name(value.Sequence.Schema!.Name, value.Sequence.Name);
        string last = value.LastValue.ToString(CultureInfo.InvariantCulture);
        context.Toc.AddDependent(
            new TocEntry
            {
                Id = value.DumpId,
                Kind = EntryKind.SequenceSet,
                Schema = value.Schema?.Name,
                Name = value.Name,
                Owner = value.Owner,
                Section = Section.Data,
                CreateSql = $"SELECT pg_catalog.setval({SqlText.Literal(name)}, {last}, {(value.IsCalled ? "true" : "false")});\n",
            },
            value.Sequence.DumpId);
    }

    private static string Create(TableObject sequence, string name)
    {
        SequenceDefinition definition = Definition(sequence);
        var sql = new StringBuilder($"CREATE {(sequence.Persistence == 'u' ? "UNLOGGED " : "")}SEQUENCE {name}\n");
        if (definition.TypeName != "bigint")
        {
            sql.Append($"    AS {definition.TypeName}\n");
        }

        AppendParameters(sql, definition);
        return sql.Append(";\n").ToString();
    }

    private static string Identity(TableObject sequence, TableObject owner, string name, ServerFeatures features)
    {
        TableColumn column = owner.Columns[sequence.OwningColumn - 1];
        var sql = new StringBuilder($"ALTER TABLE {SqlText.Name(owner.Schema!.Name, owner.Name)} ALTER COLUMN {SqlText.Name(column.Name)}");
        sql.Append($" ADD GENERATED {(column.Identity == 'a' ? "ALWAYS" : "BY DEFAULT")} AS IDENTITY (\n    SEQUENCE NAME {name}\n");
        // Servers before 15 log every sequence and know no word for it; pg_dump 18 writes the word all the same.
        if (features.HasUnloggedSequences && sequence.Persistence != owner.Persistence)
        {
            sql.Append(sequence.Persistence == 'u' ? "    UNLOGGED\n" : "    LOGGED\n");
        }

        AppendParameters(sql, Definition(sequence));
        return sql.Append("\n);\n").ToString();
    }

    private static void AppendParameters(StringBuilder sql, SequenceDefinition definition)
    {
        bool ascends = definition.Increment >= 0;
        (long lowest, long highest) = definition.TypeName switch
        {
            "smallint" => (short.MinValue, short.MaxValue),
            "integer" => (int.MinValue, int.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        string Limit(string keyword, long value, long usual) =>
            value == usual ? $"    NO {keyword}\n" : string.Create(CultureInfo.InvariantCulture, $"    {keyword} {value}\n");

        sql.Append(CultureInfo.InvariantCulture, $"    START WITH {definition.Start}\n")
            .Append(CultureInfo.InvariantCulture, $"    INCREMENT BY {definition.Increment}\n")
            .Append(Limit("MINVALUE", definition.Minimum, ascends ? 1 : lowest))
            .Append(Limit("MAXVALUE", definition.Maximum, ascends ? highest : -1))
            .Append(CultureInfo.InvariantCulture, $"    CACHE {definition.CacheSize}")
            .Append(definition.IsCycled ? "\n    CYCLE" : "");
    }

    // An entry of its own: by then the sequence has been given to the table's owner, without which this fails.
    private static void EmitOwnedBy(TableObject sequence, TableObject owner, string name, DdlContext context)
    {
        string table = SqlText.Name(owner.Schema!.Name, owner.Name);
        string column = SqlText.Name(owner.Columns[sequence.OwningColumn - 1].Name);
        context.Toc.AddDependent(
            new TocEntry
            {
                Id = context.Toc.NextId(),
                Kind = EntryKind.SequenceOwnedBy,
                Schema = sequence.Schema!.Name,
                Name = sequence.Name,
                Owner = sequence.Owner,
                Section = Section.PreData,
                CreateSql = $"ALTER SEQUENCE {name} OWNED BY {table}.{column};\n",
            },
            sequence.DumpId,
            owner.DumpId);
    }

    private static SequenceDefinition Definition(TableObject sequence) =>
        sequence.Definition as SequenceDefinition
        ?? throw new PureDumpException(
            ErrorKind.Catalog,
            $"the parameters of {sequence} are missing from pg_sequence",
            "the catalog changed while it was read; run the dump again");
}
