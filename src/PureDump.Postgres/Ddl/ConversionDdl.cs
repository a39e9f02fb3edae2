using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Conversions between encodings as SQL (pg_dump.c, dumpConversion).</summary>
internal static class ConversionDdl
{
    /// <summary>Adds the entries of one conversion.</summary>
    public static void Emit(ConversionObject conversion, DdlContext context)
    {
        string name = SqlText.Name(conversion.Schema!.Name, conversion.Name);
        string encodings = $"{SqlText.Literal(conversion.FromEncoding)} TO {SqlText.Literal(conversion.ToEncoding)}";
        PreDataDdl.Emit(
            conversion,
            EntryKind.Conversion,
            name,
            () => $"CREATE {(conversion.IsDefault ? "DEFAULT " : "")}CONVERSION {name} FOR {encodings} FROM {conversion.Function};\n",
            context);
    }
}
