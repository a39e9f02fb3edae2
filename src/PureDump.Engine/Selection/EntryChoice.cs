using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;

namespace PureDump.Engine.Selection;

/// <summary>
/// Which entries of a Toc a selection takes: the rules of pg_restore, in its order of asking (pg_backup_archiver.c,
/// ProcessArchiveRestoreOptions, SortTocFromFile and _tocEntryRequired).
/// </summary>
internal sealed class EntryChoice
{
    private readonly RestoreSelection _selection;
    private readonly bool _withDatabase;
    private readonly NameList _schemas;
    private readonly NameList _excludedSchemas;
    private readonly NameList _tables;
    private readonly NameList _indexes;
    private readonly NameList _functions;
    private readonly NameList _triggers;
    private readonly RelationPatterns _patterns;
    private readonly Toc _toc;
    private readonly HashSet<DumpId>? _listed;
    private readonly HashSet<DumpId> _taken = [];

    /// <summary>Makes the choice.</summary>
    /// <param name="toc">All entries.</param>
    /// <param name="selection">What is asked for.</param>
    /// <param name="withDatabase">The entries of the database itself are wanted too (<c>--create</c>).</param>
    /// <exception cref="PureDumpException">A pattern matches nothing, or the list names an entry that is not there (<see
    /// cref="ErrorKind.NotFound"/>).</exception>
    public EntryChoice(Toc toc, RestoreSelection selection, bool withDatabase)
    {
        _toc = toc;
        _selection = selection;
        _withDatabase = withDatabase;
        _schemas = Names(selection.Schemas);
        _excludedSchemas = Names(selection.ExcludedSchemas);
        _tables = Names(selection.Tables);
        _indexes = Names(selection.Indexes);
        _functions = Names(selection.Functions);
        _triggers = Names(selection.Triggers);
        _patterns = new RelationPatterns(toc, selection);
        IReadOnlyList<DumpId>? order = selection.Order?.Invoke(toc);
        _listed = order is null ? null : [.. order];

        // What the list does not name stands before what it names: its sections count, as with pg_restore.
        IEnumerable<TocEntry> ordered = order is null
            ? toc.Entries
            : toc.Entries.Where(entry => !_listed!.Contains(entry.Id)).Concat(order.Select(id => toc[id]));
        var section = Section.PreData;
        foreach (TocEntry entry in ordered)
        {
            // What has no section of its own goes with what stands before it.
            section = entry.Section == Section.None ? section : entry.Section;
            if (Takes(entry, section))
            {
                _taken.Add(entry.Id);
                Entries.Add(entry);
            }
        }
    }

    /// <summary>What is taken, in the order it is to be restored in.</summary>
    public List<TocEntry> Entries { get; } = [];

    /// <summary>With <c>--strict-names</c>: refuses names that nothing in the archive has.</summary>
    /// <exception cref="PureDumpException">There is one (<see cref="ErrorKind.NotFound"/>).</exception>
    public void CheckNames()
    {
        ReadOnlySpan<(string What, NameList Names)> lists =
            [("schema", _schemas), ("table", _tables), ("index", _indexes), ("function", _functions), ("trigger", _triggers)];
        foreach ((string what, NameList names) in lists)
        {
            if (_selection.StrictNames && names.Missing is { } missing)
            {
                throw new PureDumpException(ErrorKind.NotFound, $"{what} \"{missing}\" not found");
            }
        }
    }

    private NameList Names(IReadOnlyList<string> typed) => new([.. typed.Select(name => TypedText.BytesIn(_toc.Origin.Encoding, name))]);

    private bool Takes(TocEntry entry, Section section)
    {
        switch (entry.Kind)
        {
            case EntryKind.Encoding or EntryKind.StdStrings or EntryKind.SearchPath:
                return false;
            case EntryKind.StatisticsData or EntryKind.ExtendedStatisticsData when !_selection.WithStatistics:
                return false;
            case EntryKind.Database or EntryKind.DatabaseProperties:
                return _withDatabase;
        }

        return !IsSuppressed(entry)
            && (_selection.Sections.Count == 0 || _selection.Sections.Contains(section))
            && (_listed is null || _listed.Contains(entry.Id))
            && IsAskedFor(entry)
            && HasWantedPart(entry)
            && _patterns.Admits(entry);
    }

    private bool IsSuppressed(TocEntry entry)
    {
        bool isRemark = entry.Kind is EntryKind.Comment or EntryKind.SecurityLabel;
        return entry.Kind switch
        {
            EntryKind.Acl or EntryKind.DefaultAcl or "ACL LANGUAGE" => !_selection.WithPrivileges,
            EntryKind.Policy or EntryKind.RowSecurity => !_selection.WithPolicies,
            EntryKind.Publication or EntryKind.PublicationTable or EntryKind.PublicationSchema => !_selection.WithPublications,
            EntryKind.Subscription => !_selection.WithSubscriptions,
            EntryKind.Comment when !_selection.WithComments || (!_selection.WithPolicies && IsOn("POLICY")) => true,
            EntryKind.SecurityLabel when !_selection.WithSecurityLabels => true,
            _ => isRemark
                && ((!_selection.WithPublications && IsOn("PUBLICATION")) || (!_selection.WithSubscriptions && IsOn("SUBSCRIPTION"))),
        };

        bool IsOn(string what) => entry.Name.StartsWith(what, StringComparison.Ordinal);
    }

    private bool IsAskedFor(TocEntry entry)
    {
        return entry.Kind switch
        {
            EntryKind.Acl or EntryKind.Comment or EntryKind.SecurityLabel =>
                PlainSqlWriter.IsDatabaseLevel(entry) ? _withDatabase : !_selection.ChoosesByName || HangsOnTaken(entry),

            // What they are about need not come itself: they may be all that is wanted, or all that the archive has.
            EntryKind.StatisticsData or EntryKind.ExtendedStatisticsData => !_selection.ChoosesByName
                || entry.Dependencies.Any(id => IsChosen(_toc[id]))
                || (entry.Dependencies.Count == 0 && IsChosen(entry)),
            _ => IsChosen(entry),
        };
    }

    private bool IsChosen(TocEntry entry)
    {
        if (!_schemas.IsEmpty && !_schemas.Meets(entry.Schema))
        {
            return false;
        }

        return !_excludedSchemas.Meets(entry.Schema) && (!_selection.ChoosesObjects || IsNamed(entry));
    }

    // Privileges of columns hang on those of their table, which says nothing about the table.
    private bool HangsOnTaken(TocEntry entry) =>
        entry.Dependencies.Any(id => _taken.Contains(id) && _toc[id].Kind != EntryKind.Acl);

    private bool IsNamed(TocEntry entry) => entry.Kind switch
    {
        EntryKind.Table or EntryKind.TableData or EntryKind.View or EntryKind.ForeignTable or EntryKind.MaterializedView
            or EntryKind.MaterializedViewData or EntryKind.Sequence or EntryKind.SequenceSet => _tables.Meets(entry.Name),
        EntryKind.Index => _indexes.Meets(entry.Name),
        EntryKind.Function or EntryKind.Aggregate or EntryKind.Procedure => _functions.Meets(entry.Name),
        EntryKind.Trigger => _triggers.Meets(entry.Name),
        _ => false,
    };

    private bool HasWantedPart(TocEntry entry) =>
        entry.IsData ? _selection.WithData
        : entry.CreateSql.Length > 0 && (entry.IsStatistics || _selection.WithSchema);
}
