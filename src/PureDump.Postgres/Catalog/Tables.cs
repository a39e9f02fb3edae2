using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the relations: enough to decide what is wanted of each and to lock those whose definition is read.</summary>
internal static class Tables
{
    private const Components ReadInDetail = Components.Definition | Components.Data;

    /// <summary>Registers every relation and links sequences to the columns they belong to.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        TableObject Map(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            RelKind = row.Char(),
            Persistence = row.Char(),
            Owner = row.Text(),
            Acl = AclFacts.Take(ref row),
            IsPartition = row.Bool(),
            IsPopulated = row.Bool(),
            HasRowSecurity = row.Bool(),
            ForcesRowSecurity = row.Bool(),
            ReplicaIdentity = row.Char(),
            HasRules = row.Bool(),
            HasTriggers = row.Bool(),
            HasIndexes = row.Bool(),
            CheckCount = row.Int16(),
            Tablespace = row.Text(),
            AccessMethod = row.TextOrNull(),
            Options = row.Options(),
            CheckOption = row.TextOrNull(),
            ToastOptions = row.Options(),
            OfType = row.Oid(),
            OwningTable = row.Oid(),
            OwningColumn = row.Int32(),
            IsIdentitySequence = row.Bool(),
            HasEnumHashPartitions = row.Bool(),
            ForeignServer = row.Oid(),
        };

        foreach (TableObject table in session.Query("Tables.sql", Map))
        {
            catalog.Register(table);
            table.IsInteresting = (table.Wanted & ReadInDetail) != 0;
            table.Present |= Components.Data;
        }

        WantOwnedSequences(catalog);
    }

    // A sequence is dumped with the table it belongs to; an identity sequence is nothing but a part of its table
    // (pg_dump.c, getOwnedSeqs).
    private static void WantOwnedSequences(CatalogSet catalog)
    {
        foreach (TableObject sequence in catalog.All<TableObject>())
        {
            if (sequence.OwningTable.IsNone)
            {
                continue;
            }

            TableObject owner =
                catalog.FindTable(sequence.OwningTable)
                ?? throw new PureDumpException(
                    ErrorKind.Catalog,
                    $"the sequence {sequence} belongs to the table with the oid {sequence.OwningTable}, which does not exist");
            sequence.Wanted = sequence.IsIdentitySequence ? owner.Wanted : sequence.Wanted | owner.Wanted;
            if (sequence.Wanted != Components.None)
            {
                sequence.IsInteresting = true;
                owner.IsInteresting = true;
            }
        }
    }
}
