using System.Globalization;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Looks for what this release cannot know: a server newer than it, and things in the catalog of a kind that is not among
/// those it reads. They are named, never left out in silence.
/// </summary>
internal static class UnknownContent
{
    private const int ShownMax = 20;

    /// <summary>Has it looked for meanwhile.</summary>
    public static void Ask(CatalogAhead? ahead, DumpSelection options)
    {
        if (options.WithSchema)
        {
            ahead?.Ask("UnknownContent.sql", Map);
        }
    }

    /// <summary>Warns of what is found; with <see cref="DumpSelection.Strict"/> it ends the dump.</summary>
    /// <exception cref="PureDumpException">With <c>--strict</c>: the server is newer (<see cref="ErrorKind.UnsupportedServer"/>),
    /// or something is unknown (<see cref="ErrorKind.Catalog"/>).</exception>
    public static void Report(CatalogSession session, CatalogSet catalog, Action<string> warn)
    {
        DumpSelection options = catalog.Selection.Options;
        if (session.Features.IsNewerThanKnown)
        {
            Say(
                ErrorKind.UnsupportedServer,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the server is of version {session.Features.Major}, newer than {ServerFeatures.NewestMajor}, the newest that is "
                        + $"known; what is new in it may be missing in the dump"));
        }

        if (!options.WithSchema)
        {
            return;
        }

        List<Row> found = session
            .Query("UnknownContent.sql", Map)
            .FindAll(row =>
                row.Schema.IsNone ? options.IncludesEverything : (catalog.SchemaOf(row.Schema).WantedInside & Components.Definition) != 0);
        if (found.Count > 0)
        {
            string more = found.Count > ShownMax ? $" and {found.Count - ShownMax} more" : "";
            Say(
                ErrorKind.Catalog,
                $"the catalog holds what is not known and is not dumped: "
                    + $"{string.Join(", ", found.Take(ShownMax).Select(static row => $"{row.What} {row.Name}"))}{more}");
        }

        void Say(ErrorKind kind, string text)
        {
            if (options.Strict)
            {
                throw new PureDumpException(kind, text, "without --strict this is a warning");
            }

            warn(text);
        }
    }

    private static Row Map(ref CatalogRow row) => new(row.Text(), row.Text(), row.Oid());

    private readonly record struct Row(string What, string Name, Oid Schema);
}
