using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Tells where an index of a column needs no operator class named, for the cases that are certain: the class is made for
/// just that type, or the type is <c>varchar</c> and has none of its own (indexcmds.c, GetDefaultOpClass).
/// </summary>
/// <param name="defaults">The OID, access method and input type of all default operator classes.</param>
internal sealed class DefaultOperatorClasses(IEnumerable<(Oid Class, Oid AccessMethod, Oid Type)> defaults)
{
    private const uint Text = 25;
    private const uint VarChar = 1043;

    private readonly Dictionary<(Oid AccessMethod, uint Type), uint> _byType =
        defaults.GroupBy(row => (row.AccessMethod, row.Type.Value)).ToDictionary(group => group.Key, group => group.Last().Class.Value);

    /// <summary>True where the class is certainly the default of the type; false where it is not, or may not be.</summary>
    public bool IsDefault(uint operatorClass, Oid accessMethod, uint type) =>
        new Oid(operatorClass).IsBuiltIn
        && (
            _byType.TryGetValue((accessMethod, type), out uint found)
            || (type == VarChar && _byType.TryGetValue((accessMethod, Text), out found)))
        && found == operatorClass;
}
