using System.Text.RegularExpressions;
using PureDump.Formats;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;

namespace PureDump.Engine.Transfer;

/// <summary>
/// Takes the selected part out of a Toc, for every sink alike: entries that are not wanted go, owners and tablespaces
/// that are not wanted are blanked, and dependencies on what is gone go too.
/// </summary>
internal sealed class EntryFilter
{
    private readonly RestoreSelection _selection;
    private readonly bool _withDatabase;
    private readonly Toc _toc;
    private readonly List<Matcher> _schemas;
    private readonly List<Matcher> _excludedSchemas;
    private readonly List<Matcher> _tables;
    private readonly List<Matcher> _excludedTables;
    private readonly List<Matcher> _excludedTableData;
    private readonly HashSet<DumpId> _chosen = [];
    private readonly EntrySections _sections;

    private EntryFilter(Toc toc, RestoreSelection selection, bool withDatabase)
    {
        _toc = toc;
        _withDatabase = withDatabase;
        _sections = new EntrySections(toc);
        _selection = selection;
        _schemas = [.. selection.Schemas.Select(text => new Matcher(NamePattern.ForSchema(text, "")))];
        _excludedSchemas = [.. selection.ExcludedSchemas.Select(text => new Matcher(NamePattern.ForSchema(text, "")))];
        _tables = Relations(selection.Tables);
        _excludedTables = Relations(selection.ExcludedTables);
        _excludedTableData = Relations(selection.ExcludedTableData);
    }

    /// <summary>The selected part of a Toc, without the entries of the database itself.</summary>
    /// <exception cref="PureDumpException">A pattern of <c>-n</c> or <c>-t</c> matches nothing (<see cref="ErrorKind.NotFound"/>).</exception>
    public static Toc Apply(Toc toc, RestoreSelection selection) => new EntryFilter(toc, selection, withDatabase: false).Apply();

    /// <summary>
    /// What of a live database's Toc goes into an archive: the reader of the catalog has selected objects, but knows
    /// neither sections nor what an archive is to keep silent about.
    /// </summary>
    public static Toc ForArchive(Toc toc, DumpSelection selection) =>
        selection.Sections.Count == 0 && selection.WithOwners
            ? toc
            : new EntryFilter(toc, new RestoreSelection { Sections = selection.Sections, WithOwners = selection.WithOwners }, withDatabase: true).Apply();

    /// <summary>The entries of the database itself, for <c>--create</c>.</summary>
    public static IReadOnlyList<TocEntry> DatabaseEntries(Toc toc, RestoreSelection selection) =>
    [
        .. toc.Entries
            .Where(entry => PlainSqlWriter.IsDatabaseLevel(entry)
                && entry.Kind is not (EntryKind.Encoding or EntryKind.StdStrings or EntryKind.SearchPath)
                && (selection.WithPrivileges || entry.Kind != EntryKind.Acl)
                && (selection.WithComments || entry.Kind != EntryKind.Comment))
            .Select(entry => Adjusted(entry, selection)),
    ];

    private Toc Apply()
    {
        foreach (TocEntry entry in _toc.Entries)
        {
            if (IsChosen(entry))
            {
                _chosen.Add(entry.Id);
            }
        }

        if (_tables.Count > 0)
        {
            AddSequencesOfChosenTables();
        }

        foreach (Matcher matcher in _schemas.Concat(_tables))
        {
            if (!matcher.HasMatched)
            {
                throw new PureDumpException(ErrorKind.NotFound, $"nothing in the archive matches \"{matcher.Text}\"");
            }
        }

        var kept = new List<TocEntry>();
        foreach (TocEntry entry in _toc.Entries)
        {
            if (_chosen.Contains(entry.Id) && IsWantedPart(entry))
            {
                kept.Add(Adjusted(entry, _selection));
            }
        }

        if (!_selection.WithSchema)
        {
            kept = DataOrder.Apply(_toc, kept);
        }

        var ids = kept.Select(entry => entry.Id).ToHashSet();
        return new Toc(_toc.Origin, [.. kept.Select(entry => WithoutAbsent(entry, ids))]);
    }

    private static TocEntry WithoutAbsent(TocEntry entry, HashSet<DumpId> ids) => entry with
    {
        Dependencies = [.. entry.Dependencies.Where(ids.Contains)],
        Rows = entry.Rows is { TableEntry: { } table } && !ids.Contains(table) ? entry.Rows with { TableEntry = null } : entry.Rows,
    };

    private static TocEntry Adjusted(TocEntry entry, RestoreSelection selection) => entry with
    {
        Owner = selection.WithOwners ? entry.Owner : null,
        Tablespace = selection.WithTablespaces || entry.Tablespace is null ? entry.Tablespace : "",
    };

    private static List<Matcher> Relations(IReadOnlyList<string> patterns) =>
        [.. patterns.Select(text => new Matcher(NamePattern.ForRelation(text, "")))];

    private static bool IsRelation(string kind) =>
        kind is EntryKind.Table or EntryKind.View or EntryKind.MaterializedView or EntryKind.Sequence or "FOREIGN TABLE";

    private bool IsChosen(TocEntry entry)
    {
        if (PlainSqlWriter.IsDatabaseLevel(entry))
        {
            return _withDatabase;
        }

        bool isRelation = IsRelation(entry.Kind);
        if (_schemas.Count > 0 || _excludedSchemas.Count > 0)
        {
            string? schema = entry.Kind == EntryKind.Schema ? entry.Name : entry.Schema;
            if (entry.Section == Section.None && schema is null)
            {
                // A comment or ACL on something outside schemas, or on a schema: goes with what it hangs on.
                return HangsOnChosen(entry);
            }

            if (Any(_excludedSchemas, null, schema) || (_schemas.Count > 0 && !Any(_schemas, null, schema)))
            {
                return false;
            }
        }

        if (isRelation && Any(_excludedTables, entry.Schema, entry.Name))
        {
            return false;
        }

        if (_tables.Count > 0)
        {
            return isRelation ? Any(_tables, entry.Schema, entry.Name) : BelongsToChosenTables(entry);
        }

        // What belongs to a table that is not restored cannot be restored either.
        return _excludedTables.Count == 0 || isRelation || !HangsOnExcludedTable(entry);
    }

    private bool HangsOnChosen(TocEntry entry) =>
        entry.Dependencies.Any(id => _toc.TryFind(id, out TocEntry? need) && _chosen.Contains(need.Id));

    private bool HangsOnExcludedTable(TocEntry entry) => entry.Kind is not (EntryKind.View or EntryKind.Function)
        && entry.Dependencies.Any(id => IsRelation(_toc[id].Kind) && !_chosen.Contains(id));

    private bool BelongsToChosenTables(TocEntry entry)
    {
        bool isOfTables = entry.Section == Section.None || entry.Kind is EntryKind.TableData or EntryKind.SequenceSet or EntryKind.SequenceOwnedBy
            or EntryKind.Default or EntryKind.Constraint or EntryKind.CheckConstraint or EntryKind.ForeignKey or EntryKind.Index
            or EntryKind.IndexAttach or EntryKind.TableAttach or EntryKind.Trigger or EntryKind.Rule or EntryKind.Policy
            or EntryKind.RowSecurity or EntryKind.MaterializedViewData or EntryKind.Statistics or EntryKind.StatisticsData;
        return isOfTables && HangsOnChosen(entry)
            && entry.Dependencies.All(id => !IsRelation(_toc[id].Kind) || _chosen.Contains(id) || _toc[id].Kind == EntryKind.Sequence);
    }

    // A serial column's sequence comes with its table, and what hangs on the sequence comes with that.
    private void AddSequencesOfChosenTables()
    {
        foreach (TocEntry entry in _toc.Entries)
        {
            bool joinsSequenceAndTable = entry.Kind is EntryKind.SequenceOwnedBy or EntryKind.Default
                || (entry.Kind == EntryKind.Sequence && entry.Dependencies.Any(id => _toc[id].Kind == EntryKind.Table && _chosen.Contains(id)));
            if (!joinsSequenceAndTable || !entry.Dependencies.Any(id => _toc[id].Kind == EntryKind.Table && _chosen.Contains(id)))
            {
                continue;
            }

            _chosen.Add(entry.Id);
            foreach (DumpId id in entry.Dependencies)
            {
                if (_toc[id].Kind == EntryKind.Sequence)
                {
                    _chosen.Add(id);
                }
            }
        }

        foreach (TocEntry entry in _toc.Entries)
        {
            if (entry.Kind is EntryKind.SequenceSet or EntryKind.Acl or EntryKind.Comment
                && entry.Dependencies.Any(id => _toc[id].Kind == EntryKind.Sequence && _chosen.Contains(id)))
            {
                _chosen.Add(entry.Id);
            }
        }
    }

    private bool IsWantedPart(TocEntry entry)
    {
        if (PlainSqlWriter.IsDatabaseLevel(entry))
        {
            // Every archive can be restored with --create.
            return true;
        }

        if ((!_selection.WithPrivileges && entry.Pass == RestorePass.Acl) || (!_selection.WithComments && entry.Kind == EntryKind.Comment))
        {
            return false;
        }

        if (entry.Kind == EntryKind.TableData && Any(_excludedTableData, entry.Schema, entry.Name))
        {
            return false;
        }

        Section section = _sections[entry.Id];
        if (_selection.Sections.Count > 0 && !_selection.Sections.Contains(section))
        {
            return false;
        }

        if (entry.Kind == EntryKind.StatisticsData)
        {
            // They stand in two sections and are neither definitions nor data.
            return _selection is { WithSchema: true, WithData: true };
        }

        bool isData = section == Section.Data;
        return isData ? _selection.WithData : _selection.WithSchema;
    }

    private static bool Any(List<Matcher> matchers, string? schema, string? name)
    {
        bool result = false;
        foreach (Matcher matcher in matchers)
        {
            result |= matcher.Matches(schema, name);
        }

        return result;
    }

    private sealed class Matcher(NamePattern pattern)
    {
        private readonly Regex? _schema = pattern.Schema is null ? null : new Regex(pattern.Schema, RegexOptions.CultureInvariant);
        private readonly Regex _name = new(pattern.Name, RegexOptions.CultureInvariant);

        public string Text => pattern.Text;

        public bool HasMatched { get; private set; }

        public bool Matches(string? schema, string? name)
        {
            bool matches = name is not null && _name.IsMatch(name) && (_schema is null || (schema is not null && _schema.IsMatch(schema)));
            HasMatched |= matches;
            return matches;
        }
    }
}
