using System.Text.RegularExpressions;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;

namespace PureDump.Engine.Selection;

/// <summary>
/// The selection by patterns of relations, which pg_restore does not have: a relation comes or goes with its rows,
/// defaults, constraints, indexes, triggers, policies, owned sequences, comments and privileges.
/// </summary>
internal sealed class RelationPatterns
{
    private readonly Toc _toc;
    private readonly List<Matcher> _tables;
    private readonly List<Matcher> _excludedTables;
    private readonly List<Matcher> _excludedTableData;
    private readonly HashSet<DumpId> _chosen = [];

    /// <summary>Of a whole Toc, whose entries stand behind what they depend on.</summary>
    /// <exception cref="PureDumpException">A pattern of <see cref="RestoreSelection.WholeTables"/> matches nothing (<see
    /// cref="ErrorKind.NotFound"/>).</exception>
    public RelationPatterns(Toc toc, RestoreSelection selection)
    {
        _toc = toc;
        _tables = Matchers(selection.WholeTables);
        _excludedTables = Matchers(selection.ExcludedTables);
        _excludedTableData = Matchers(selection.ExcludedTableData);
        foreach (TocEntry entry in toc.Entries)
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

        if (_tables.Find(matcher => !matcher.HasMatched) is { } unmatched)
        {
            throw new PureDumpException(ErrorKind.NotFound, $"nothing in the archive matches \"{unmatched.Text}\"");
        }
    }

    /// <summary>True for relations, the things that patterns are about.</summary>
    public static bool IsRelation(string kind) =>
        kind is EntryKind.Table or EntryKind.View or EntryKind.MaterializedView or EntryKind.Sequence or EntryKind.ForeignTable;

    /// <summary>True for an entry that the patterns let through.</summary>
    public bool Admits(TocEntry entry) =>
        _chosen.Contains(entry.Id) && !(entry.Kind == EntryKind.TableData && Any(_excludedTableData, entry));

    private List<Matcher> Matchers(IReadOnlyList<string> patterns) =>
        [.. patterns.Select(text => new Matcher(NamePattern.ForRelation(TypedText.BytesIn(_toc.Origin.Encoding, text), "")))];

    private bool IsChosen(TocEntry entry)
    {
        bool isRelation = IsRelation(entry.Kind);
        if (PlainSqlWriter.IsDatabaseLevel(entry))
        {
            return true;
        }

        if (isRelation && Any(_excludedTables, entry))
        {
            return false;
        }

        if (_tables.Count > 0)
        {
            return isRelation ? Any(_tables, entry) : BelongsToChosenTables(entry);
        }

        // What belongs to a table that is not restored cannot be restored either.
        return _excludedTables.Count == 0 || isRelation || !HangsOnExcludedTable(entry);
    }

    private bool HangsOnChosen(TocEntry entry) => entry.Dependencies.Any(_chosen.Contains);

    private bool HangsOnExcludedTable(TocEntry entry) => entry.Kind is not (EntryKind.View or EntryKind.Function)
        && entry.Dependencies.Any(id => IsRelation(_toc[id].Kind) && !_chosen.Contains(id));

    private bool BelongsToChosenTables(TocEntry entry)
    {
        bool isOfTables =
            entry.Section == Section.None
            || entry.Kind
                is EntryKind.TableData
                    or EntryKind.SequenceSet
                    or EntryKind.SequenceOwnedBy
                    or EntryKind.Default
                    or EntryKind.Constraint
                    or EntryKind.CheckConstraint
                    or EntryKind.ForeignKey
                    or EntryKind.Index
                    or EntryKind.IndexAttach
                    or EntryKind.TableAttach
                    or EntryKind.Trigger
                    or EntryKind.Rule
                    or EntryKind.Policy
                    or EntryKind.RowSecurity
                    or EntryKind.MaterializedViewData
                    or EntryKind.Statistics
                    or EntryKind.StatisticsData
                    or EntryKind.ExtendedStatisticsData;
        return isOfTables
            && HangsOnChosen(entry)
            && entry.Dependencies.All(id => !IsRelation(_toc[id].Kind) || _chosen.Contains(id) || _toc[id].Kind == EntryKind.Sequence);
    }

    // A serial column's sequence comes with its table, and what hangs on the sequence comes with that.
    private void AddSequencesOfChosenTables()
    {
        foreach (TocEntry entry in _toc.Entries)
        {
            bool joinsSequenceAndTable =
                entry.Kind is EntryKind.SequenceOwnedBy or EntryKind.Default
                || (
                    entry.Kind == EntryKind.Sequence
                    && entry.Dependencies.Any(id => _toc[id].Kind == EntryKind.Table && _chosen.Contains(id)));
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

    private static bool Any(List<Matcher> matchers, TocEntry entry)
    {
        bool result = false;
        foreach (Matcher matcher in matchers)
        {
            result |= matcher.Matches(entry.Schema, entry.Name);
        }

        return result;
    }

    private sealed class Matcher(NamePattern pattern)
    {
        private readonly Regex? _schema = pattern.Schema is null ? null : LocalPattern.Of(pattern.Schema);
        private readonly Regex _name = LocalPattern.Of(pattern.Name);

        public string Text => pattern.Text;

        public bool HasMatched { get; private set; }

        public bool Matches(string? schema, string name)
        {
            bool matches = _name.IsMatch(name) && (_schema is null || (schema is not null && _schema.IsMatch(schema)));
            HasMatched |= matches;
            return matches;
        }
    }
}
