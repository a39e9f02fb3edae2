using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Reads CHECK constraints and the NOT NULL constraints that stand apart from their columns (pg_dump.c, getTableAttrs).
/// Keys come with their indexes, see <see cref="Indexes"/>; references see <see cref="ForeignKeys"/>.
/// </summary>
internal static class Constraints
{
    /// <summary>Registers the constraints of the tables whose columns were read.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        uint[] tables =
        [
            .. catalog
                .All<TableObject>()
                .Where(table =>
                    table.Columns.Count > 0 && (table.CheckCount > 0 || table.Columns.Exists(column => column.IsNotNullSeparate)))
                .Select(table => table.Id.Row.Value),
        ];
        ConstraintObject Map(ref CatalogRow row)
        {
            var id = new CatalogId(row.Oid(), row.Oid());
            TableObject table = catalog.TableOf(row.Oid());
            return new ConstraintObject
            {
                Id = id,
                Schema = table.Schema,
                Owner = table.Owner,
                Table = table,
                Type = row.Char(),
                Name = row.Text(),
                Definition = row.Text(),
                IsLocal = row.Bool(),
                IsValidated = row.Bool(),
            };
        }

        foreach (ConstraintObject constraint in session.Query("Constraints.sql", Map, tables))
        {
            TableObject table = constraint.Table!;
            catalog.Register(constraint);
            // One that is not validated must come after the rows: they may violate it.
            constraint.IsSeparate = !constraint.IsValidated;
            if (constraint.Type == 'c')
            {
                table.Checks.Add(constraint);
            }

            if (!constraint.IsSeparate)
            {
                // As with defaults: what the expression needs stands before the table, or the sort takes it out.
                table.AddNeed(constraint);
            }
        }

        foreach (uint oid in tables)
        {
            TableObject table = catalog.TableOf(new Oid(oid));
            if (table.Checks.Count != table.CheckCount)
            {
                throw new PureDumpException(
                    ErrorKind.Catalog,
                    $"{table} has {table.Checks.Count} CHECK constraints, but its catalog row says {table.CheckCount}",
                    "the system catalogs may be damaged");
            }
        }
    }
}
