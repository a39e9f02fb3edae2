using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Operator classes and families as SQL (pg_dump.c, dumpOpclass and dumpOpfamily).</summary>
internal static class OperatorGroupDdl
{
    private const string Separator = " ,\n    ";

    /// <summary>Adds the entries of one operator class.</summary>
    public static void Emit(OperatorClassObject item, DdlContext context) =>
        PreDataDdl.Emit(item, EntryKind.OperatorClass, NameSql(item), () => CreateSql(item), context);

    /// <summary>Adds the entries of one operator family.</summary>
    public static void Emit(OperatorFamilyObject item, DdlContext context) =>
        PreDataDdl.Emit(item, EntryKind.OperatorFamily, NameSql(item), () => CreateSql(item), context);

    private static string CreateSql(OperatorClassObject item)
    {
        List<string> parts = [.. item.Members.Select(MemberSql)];

        // The list must not be empty; that the values are stored as they are goes without saying.
        if (item.StorageType is not null || parts.Count == 0)
        {
            parts.Insert(0, $"STORAGE {item.StorageType ?? item.InputType}");
        }

        return $"CREATE OPERATOR CLASS {SqlText.Name(item.Schema!.Name, item.Name)}\n"
            + $"    {(item.IsDefault ? "DEFAULT " : "")}FOR TYPE {item.InputType} USING {SqlText.Name(item.AccessMethod)}"
            + $" FAMILY {SqlText.Name(item.Family.Schema, item.Family.Name)} AS\n"
            + $"    {string.Join(Separator, parts)};\n";
    }

    private static string CreateSql(OperatorFamilyObject item)
    {
        string name = NameSql(item);
        string loose = item.Members.Count == 0
            ? ""
            : $"ALTER OPERATOR FAMILY {name} ADD\n    {string.Join(Separator, item.Members.Select(MemberSql))};\n";
        return $"CREATE OPERATOR FAMILY {name};\n{loose}";
    }

    private static string NameSql(OperatorGroupObject item) =>
        $"{SqlText.Name(item.Schema!.Name, item.Name)} USING {SqlText.Name(item.AccessMethod)}";

    private static string MemberSql(OperatorMember member)
    {
        string types = member.Types is { } known ? $"({known.Left}, {known.Right}) " : "";
        string sortFamily = member.SortFamily is { } family ? $" FOR ORDER BY {SqlText.Name(family.Schema, family.Name)}" : "";
        return $"{(member.IsFunction ? "FUNCTION" : "OPERATOR")} {member.Number} {types}{member.Signature}{sortFamily}";
    }
}
