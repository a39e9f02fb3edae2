using System.Collections.Frozen;
using System.Globalization;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>A type as the rule of <see cref="PortableTypes"/> sees it.</summary>
/// <param name="Oid">Its OID.</param>
/// <param name="TypeType"><c>typtype</c>.</param>
/// <param name="Name"><c>typname</c>.</param>
/// <param name="IsArray">A true array: of varying length, with elements.</param>
/// <param name="HasBinary">It has both a send and a receive function. Arrays and composites always do, whatever they hold.</param>
/// <param name="Extension">The extension it belongs to, or null.</param>
/// <param name="ExtensionVersion">That extension's version, or null.</param>
/// <param name="Parts">What it is made of: base type, element, subtype, or the types of the columns.</param>
internal sealed record TypeFacts(
    uint Oid,
    char TypeType,
    string Name,
    bool IsArray,
    bool HasBinary,
    string? Extension,
    string? ExtensionVersion,
    IReadOnlyList<uint> Parts);

/// <summary>
/// Tells which types mean the same on another server in COPY's binary format. A type is unsafe by itself (an OID that
/// names something, a send format nobody promises) or because something it is made of is: a composite holding a regclass
/// looks portable until its first row arrives.
/// </summary>
internal sealed class PortableTypes
{
    private const uint Xml = 142;
    private const uint Int2Vector = 22;
    private const uint OidVector = 30;

    // The first OID that is not assigned by hand in the server's source; the same object has it in every database below.
    private const uint FirstGenbki = 10000;

    // Built-in base types whose binary format all supported servers share. Infinite intervals are the one value an older
    // receiver takes for another one; a restore into such a server looks for them. Not among them: the reg* types, which are
    // sent as bare OIDs, those that cannot be received at all, and int2vector, oidvector and tsquery: their empty values
    // are sent but refused on the way back ("invalid int2vector data", "malformed tsquery"; seen on 15 and 18).
    private static readonly FrozenSet<uint> BuiltIn = new uint[]
    {
        16, 17, 18, 19, 20, 21, 23, 25, 26, 27, 28, 29, // bool bytea "char" name int8 int2 int4 text oid tid xid cid
        114, Xml, // json
        600, 601, 602, 603, 604, 628, 718, // point lseg path box polygon line circle
        650, 869, 829, 774, // cidr inet macaddr macaddr8
        6490, // oid8
        700, 701, 790, 1700, // float4 float8 money numeric
        1042, 1043, // bpchar varchar
        1082, 1083, 1114, 1184, 1186, 1266, // date time timestamp timestamptz interval timetz
        1560, 1562, // bit varbit
        1790, 2950, // refcursor uuid
        2970, 3220, 5038, 5069, // txid_snapshot pg_lsn pg_snapshot xid8
        3614, 3802, 4072, // tsvector jsonb jsonpath
    }.ToFrozenSet();

    // Types of extensions whose binary format is stable, and the version of the extension that brought it.
    private static readonly FrozenDictionary<(string Extension, string Type), Version> OfExtensions = new Dictionary<
        (string, string),
        Version
    >
    {
        [("hstore", "hstore")] = new(0, 0),
        [("citext", "citext")] = new(0, 0),
        [("ltree", "ltree")] = new(1, 2),
        [("ltree", "lquery")] = new(1, 2),
        [("ltree", "ltxtquery")] = new(1, 2),
        [("cube", "cube")] = new(1, 5),
        [("vector", "vector")] = new(0, 0),
        [("vector", "halfvec")] = new(0, 0),
        [("vector", "sparsevec")] = new(0, 0),
        [("postgis", "geometry")] = new(0, 0),
        [("postgis", "geography")] = new(0, 0),
    }.ToFrozenDictionary();

    private readonly HashSet<uint> _portable;
    private readonly Dictionary<uint, uint> _baseTypes;

    private PortableTypes(HashSet<uint> portable, Dictionary<uint, uint> baseTypes) => (_portable, _baseTypes) = (portable, baseTypes);

    /// <summary>Reads what the rule needs to know of the columns' types.</summary>
    public static PortableTypes Read(CatalogSession session, IEnumerable<TableColumn> columns)
    {
        uint[] oids = [.. columns.Where(column => !column.IsDropped).Select(column => column.TypeOid).Distinct()];
        bool isUtf8 = session.Connection.Parameter("client_encoding") is "UTF8" or "UNICODE";
        return From(session.Query("PortableTypes.sql", Map, oids), isUtf8, session.Features.HasLenientOids);
    }

    /// <summary>Applies the rule to types.</summary>
    /// <param name="types">The types asked for later and all they are made of.</param>
    /// <param name="isUtf8">The client encoding is UTF-8.</param>
    /// <param name="hasLenientOids">
    /// A server of this kind does not compare the OIDs that arrays and composites carry of what they hold with its own; one
    /// before 14 does (arrayfuncs.c, array_recv; rowtypes.c, record_recv), and a user's type has another OID in every database.
    /// </param>
    public static PortableTypes From(IReadOnlyCollection<TypeFacts> types, bool isUtf8, bool hasLenientOids)
    {
        // Types may contain themselves, so it is not decided on the way down: unsafe ones spread to all that hold them.
        var known = types.Select(type => type.Oid).ToHashSet();
        var portable = new HashSet<uint>(known);
        var holders = new Dictionary<uint, List<uint>>();
        var spread = new Stack<uint>();
        foreach (TypeFacts type in types)
        {
            foreach (uint part in PartsOf(type))
            {
                if (!holders.TryGetValue(part, out List<uint>? list))
                {
                    holders.Add(part, list = []);
                }

                list.Add(type.Oid);
                if (!known.Contains(part))
                {
                    spread.Push(part);
                }
            }

            if (!IsSafeByItself(type, isUtf8) || (!hasLenientOids && CarriesUsersOids(type)))
            {
                portable.Remove(type.Oid);
                spread.Push(type.Oid);
            }
        }

        while (spread.TryPop(out uint unsafeType))
        {
            foreach (uint holder in holders.GetValueOrDefault(unsafeType) ?? [])
            {
                if (portable.Remove(holder))
                {
                    spread.Push(holder);
                }
            }
        }

        return new PortableTypes(portable, types.Where(type => type.TypeType == 'd').ToDictionary(type => type.Oid, type => type.Parts[0]));
    }

    /// <summary>The type a domain is made of, all the way down; any other type itself.</summary>
    public uint BaseOf(uint oid)
    {
        while (_baseTypes.TryGetValue(oid, out uint next))
        {
            oid = next;
        }

        return oid;
    }

    /// <summary>Whether values of the type can travel in binary. A type that was not read cannot.</summary>
    public bool IsPortable(uint oid) => _portable.Contains(oid);

    private static IReadOnlyList<uint> PartsOf(TypeFacts type) =>
        type.IsArray || type.TypeType is 'd' or 'c' or 'r' or 'm' ? type.Parts : [];

    private static bool CarriesUsersOids(TypeFacts type) =>
        (type.IsArray || type.TypeType == 'c') && type.Parts.Any(static part => part >= FirstGenbki);

    private static bool IsSafeByItself(TypeFacts type, bool isUtf8) => type.TypeType switch
    {
        'd' or 'e' or 'r' or 'm' or 'c' => true,
        'b' when type.IsArray => type.Oid is not (Int2Vector or OidVector),
        'b' when type.Oid < FirstGenbki => BuiltIn.Contains(type.Oid) && type.Oid switch
        {
            // It is received in the encoding its own declaration names, or in UTF-8.
            Xml => isUtf8,
            _ => true,
        },
        'b' => type.HasBinary && type.Extension is not null
            && OfExtensions.TryGetValue((type.Extension, type.Name), out Version? since)
            && VersionOf(type.ExtensionVersion) >= since,
        _ => false,
    };

    // Versions of extensions are free text; what does not start like 1.2 counts as older than any.
    private static Version VersionOf(string? text)
    {
        string[] parts = (text ?? "").Split('.', 3);
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(parts[1].TakeWhile(char.IsAsciiDigit).ToArray(), NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            ? new Version(major, minor)
            : new Version(0, 0);
    }

    private static TypeFacts Map(ref CatalogRow row)
    {
        Oid oid = row.Oid();
        char typeType = row.Char();
        string name = row.Text();
        bool isArray = row.Bool();
        bool hasBinary = row.Bool();
        string? extension = row.TextOrNull();
        string? version = row.TextOrNull();
        return new TypeFacts(oid.Value, typeType, name, isArray, hasBinary, extension, version, row.Oids());
    }
}
