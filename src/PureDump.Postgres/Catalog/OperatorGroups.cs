using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the operator classes and families, and with one query the members of those that are dumped.</summary>
internal static class OperatorGroups
{
    /// <summary>Registers every operator class and family.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        var dumped = new Dictionary<CatalogId, OperatorGroupObject>();
        Register(session.Query("OperatorClasses.sql", MapClass));
        Register(session.Query("OperatorFamilies.sql", MapFamily));
        if (dumped.Count == 0)
        {
            return;
        }

        foreach ((CatalogId group, OperatorMember member) in
            session.Query("OperatorMembers.sql", MapMember, Oids<OperatorClassObject>(), Oids<OperatorFamilyObject>()))
        {
            dumped[group].Members.Add(member);
        }

        void Register<T>(List<T> groups)
            where T : OperatorGroupObject
        {
            foreach (T group in groups)
            {
                if (catalog.Register(group).Emits(Components.Definition))
                {
                    dumped.Add(group.Id, group);
                }
            }
        }

        uint[] Oids<T>()
            where T : OperatorGroupObject => [.. dumped.Values.OfType<T>().Select(group => group.Id.Row.Value)];

        OperatorClassObject MapClass(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Owner = row.Text(),
            AccessMethod = row.Text(),
            InputType = row.Text(),
            StorageType = row.TextOrNull(),
            IsDefault = row.Bool(),
            Family = (row.Text(), row.Text()),
        };

        OperatorFamilyObject MapFamily(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Owner = row.Text(),
            AccessMethod = row.Text(),
        };
    }

    private static (CatalogId Group, OperatorMember Member) MapMember(ref CatalogRow row) =>
        (new CatalogId(row.Oid(), row.Oid()),
        new OperatorMember(row.Bool(), row.Int16(), row.Text(), row.PairOrNull(), row.PairOrNull()));
}
