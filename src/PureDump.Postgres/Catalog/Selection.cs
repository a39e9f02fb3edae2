using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Decides what is wanted of each object (pg_dump.c, the selectDumpable… family): by the schema it lives in, the
/// extension it belongs to, the relation it is a part of and the patterns the user gave.
/// </summary>
internal sealed class Selection
{
    private readonly NamePatterns _patterns;

    /// <summary>A selection without patterns.</summary>
    public Selection(DumpSelection options)
        : this(options, NamePatterns.None)
    {
    }

    private Selection(DumpSelection options, NamePatterns patterns)
    {
        Options = options;
        _patterns = patterns;
    }

    /// <summary>What the user asked for.</summary>
    public DumpSelection Options { get; }

    /// <summary>Whether large objects belong to the dump: never in one without data, by default only in one of everything.</summary>
    public bool WantsLargeObjects => Options.WithData && (Options.WithLargeObjects ?? Options.IncludesEverything);

    /// <summary>The selection with its patterns looked up on the server.</summary>
    /// <exception cref="PureDumpException">A pattern is malformed (<see cref="ErrorKind.Usage"/>), or matches nothing
    /// where it has to (<see cref="ErrorKind.NotFound"/>).</exception>
    public static Selection Resolve(CatalogSession session, DumpSelection options) =>
        new(options, NamePatterns.Resolve(session, options));

    /// <summary>Whether <c>-t</c> names this relation.</summary>
    public bool Names(TableObject table) => _patterns.Tables.Contains(table.Id.Row);

    /// <summary>Whether <c>-T</c> names this relation.</summary>
    public bool Excludes(TableObject table) => _patterns.ExcludedTables.Contains(table.Id.Row);

    /// <summary>Whether <c>-N</c> names this schema.</summary>
    public bool Excludes(SchemaObject schema) => _patterns.ExcludedSchemas.Contains(schema.Id.Row);

    /// <summary>Whether <c>--exclude-table-data</c> names this relation: no rows, no value, no refresh.</summary>
    public bool ExcludesDataOf(TableObject table) => _patterns.ExcludedTableData.Contains(table.Id.Row);

    /// <summary>Whether <c>--include-foreign-data</c> names the server of this foreign table.</summary>
    public bool IncludesRowsOf(TableObject foreignTable) => _patterns.IncludedForeignServers.Contains(foreignTable.ForeignServer);

    /// <summary>Whether <c>-e</c> names others but not this extension, or <c>--exclude-extension</c> names it.</summary>
    public bool LeavesOut(ExtensionObject extension) =>
        (Options.Extensions.Count > 0 && !_patterns.Extensions.Contains(extension.Id.Row))
        || _patterns.ExcludedExtensions.Contains(extension.Id.Row);

    /// <summary>
    /// Sets <see cref="CatalogObject.Wanted"/>. Schema and extension of the object are already known, and what it is a
    /// part of is registered before it.
    /// </summary>
    public void Mark(CatalogObject item, CatalogSet catalog)
    {
        switch (item)
        {
            case SchemaObject schema:
                MarkSchema(schema);
                break;
            case ExtensionObject extension:
                // The extensions initdb made are in every database; only privileges on their members can differ.
                extension.Wanted = extension.WantedInside =
                    extension.Id.Row.IsBuiltIn ? Components.Acl
                    : LeavesOut(extension) ? Components.None
                    : Options.Extensions.Count > 0 ? Components.All
                    : Everything();
                break;
            default:
                item.Wanted = Of(item, catalog);
                break;
        }
    }

    /// <summary>
    /// Takes out what the options leave out altogether. To be called after the sort, before the entries are made: the
    /// order, and which objects are read, do not depend on it.
    /// </summary>
    public void Restrict(CatalogSet catalog)
    {
        Components kept = Components.All;
        kept &= Options.WithComments ? kept : ~Components.Comment;
        kept &= Options.WithPrivileges ? kept : ~Components.Acl;
        kept &= Options.WithSecurityLabels ? kept : ~Components.SecurityLabel;
        kept &= Options.WithPolicies ? kept : ~Components.Policy;
        foreach (CatalogObject item in catalog.Objects)
        {
            bool isOfSchema =
                item is not (TableDataObject or SequenceSetObject or LargeObjectGroup or LargeObjectDataObject or StatisticsDataObject);
            bool isLeftOut = item switch
            {
                PolicyObject => !Options.WithPolicies,
                PublicationObject or PublicationTableObject or PublicationSchemaObject => !Options.WithPublications,
                SubscriptionObject => !Options.WithSubscriptions,
                _ => false,
            };
            item.Wanted &= isLeftOut ? Components.None
                : Options.WithSchema || !isOfSchema ? kept

                // What they hold is no part of their definition.
                : item is ExtendedStatisticsObject ? Components.Statistics
                : Components.None;
        }
    }

    private void MarkSchema(SchemaObject schema)
    {
        schema.Wanted = schema.WantedInside =
            Excludes(schema) || Options.NamesTables ? Components.None
            : Options.Schemas.Count > 0 ? (_patterns.Schemas.Contains(schema.Id.Row) ? Components.All : Components.None)
            : schema.Name == "pg_catalog" ? Components.Acl
            : schema.Name == "information_schema" || schema.Name.StartsWith("pg_", StringComparison.Ordinal) ? Components.None
            : Components.All;

        // Every new database has a schema public. Unless it is asked for by name, it is not created, and its
        // definition only counts where the owner is not the usual one.
        if (schema.IsPublic && schema.Wanted != Components.None && Options.Schemas.Count == 0)
        {
            schema.IsCreated = false;
            if (schema.Owner == "pg_database_owner")
            {
                schema.Wanted &= ~Components.Definition;
            }
        }

        // What else lives in an extension's schema is wanted all the same.
        if (schema.Extension is { } extension)
        {
            schema.Wanted = InExtension(extension);
        }
    }

    private Components Of(CatalogObject item, CatalogSet catalog) =>
        item switch
        {
            // Made for what it is a part of, and only if something of that is dumped.
            TableDataObject or SequenceSetObject or RefreshObject or LargeObjectGroup or LargeObjectDataObject or StatisticsDataObject =>
                Components.All,
            PolicyObject or TriggerObject => Components.All,
            PublicationTableObject or PublicationSchemaObject => Everything(),
            TableAttachObject attach => attach.Partition.Wanted,
            IndexAttachObject attach => attach.Partition.Wanted,
            IndexObject index => index.Table.Wanted,
            DefaultObject value => value.Table.Wanted,
            RuleObject rule => rule.Table.Wanted,
            ConstraintObject { Table: { } table } => table.Wanted,
            ConstraintObject { Domain: { } domain } => domain.Wanted,

            // Wanted once a loop repair finds a function that needs it.
            ShellTypeObject => Components.None,
            BoundaryObject => Components.None,

            // The row type goes with its table. A type does not share the extension of its table, nor has it to.
            TypeObject { RelationOid.IsNone: false, RelationKind: not 'c' } type => catalog.FindTable(type.RelationOid)?.Wanted
                ?? Components.None,

            { Extension: { } extension } => InExtension(extension),

            // Of a table that is dumped, and in a schema that is: it need not be the table's.
            ExtendedStatisticsObject { Table: { } table, Schema: { } schema } => (table.Wanted & Components.Definition) != 0
                ? schema.WantedInside
                : Components.None,
            TableObject table => OfRelation(table),
            { Schema: { } schema } => schema.WantedInside,

            // Without a schema, only the oid tells those of initdb; on a language of its privileges can have been changed.
            LanguageObject { Id.Row.IsBuiltIn: true } => Everything() & Components.Acl,
            CastObject { Id.Row.IsBuiltIn: true } or AccessMethodObject { Id.Row.IsBuiltIn: true } => Components.None,
            _ => Everything(),
        };

    private Components OfRelation(TableObject table) =>
        // The relation of a composite type is only there for the dependencies.
        table.RelKind == 'c' || Excludes(table) ? Components.None
        : Options.NamesTables ? (Names(table) ? Components.All : Components.None)
        : table.Schema?.WantedInside ?? Components.None;

    private Components Everything() => Options.IncludesEverything ? Components.All : Components.None;

    // The extension makes its members; what was granted or revoked since is not part of it.
    private static Components InExtension(ExtensionObject extension) => extension.WantedInside & Components.Acl;
}
