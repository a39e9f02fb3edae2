using PureDump.Formats.Entries;
using PureDump.Formats.Sql;

namespace PureDump.Formats.Script;

/// <summary>What a step of an entry is for.</summary>
internal enum EntryAction
{
    /// <summary>The session becomes the owner of what is made.</summary>
    Become,

    /// <summary>The tablespace that is taken where none is named.</summary>
    Tablespace,

    /// <summary>The table access method that is taken where none is named.</summary>
    AccessMethod,

    /// <summary>The entry's own statements.</summary>
    Create,

    /// <summary>What was made is given to its owner.</summary>
    Owner,

    /// <summary>A partitioned table gets the access method of partitions to come: it has no storage that a default could apply
    /// to.</summary>
    PartitionAccessMethod,
}

/// <summary>One step of making what an entry describes.</summary>
/// <param name="Action">What it is for.</param>
/// <param name="Sql">Its statements.</param>
internal readonly record struct EntryStep(EntryAction Action, string Sql);

/// <summary>What a session, or a script at some point, is set to; null is not known.</summary>
internal sealed class EntrySession
{
    /// <summary>Who it is; empty is who logged in.</summary>
    public string? User { get; set; }

    /// <summary>The default tablespace.</summary>
    public string? Tablespace { get; set; }

    /// <summary>The default table access method.</summary>
    public string? AccessMethod { get; set; }

    /// <summary>Nothing is known any more.</summary>
    public void Forget() => (User, Tablespace, AccessMethod) = (null, null, null);
}

/// <summary>
/// The steps that restoring an entry consists of (pg_backup_archiver.c, _printTocEntry): a script prints them, a live session runs them.
/// </summary>
/// <param name="literal">Quotes the name of a role as the session reads literals.</param>
/// <param name="useSetSessionAuthorization">What is made is made by its owner, and not given to it.</param>
/// <param name="withTablespaces">Tablespaces are wanted.</param>
/// <param name="withAccessMethods">Table access methods are wanted.</param>
internal sealed class EntrySteps(
    Func<string, string> literal,
    bool useSetSessionAuthorization,
    bool withTablespaces = true,
    bool withAccessMethods = true)
{
    /// <summary>The steps before and of the entry's statements, and those behind them, in their order.</summary>
    /// <param name="entry">What is made.</param>
    /// <param name="createSql">Its statements, where they are not those of the entry.</param>
    /// <param name="session">What holds now; what the steps set is noted.</param>
    public IEnumerable<EntryStep> Of(TocEntry entry, string? createSql, EntrySession session)
    {
        string create = createSql ?? entry.CreateSql;
        if (useSetSessionAuthorization && Become(entry.Owner ?? "", session) is { } become)
        {
            yield return become;
        }

        if (entry.CreateSql.Length > 0)
        {
            foreach (EntryStep step in Defaults(entry, session))
            {
                yield return step;
            }

            yield return new EntryStep(EntryAction.Create, create);
        }

        // A schema that is only remarked on is made by nobody here.
        bool isOnlyRemarked = entry.Kind == EntryKind.Schema && entry.CreateSql.StartsWith("--", StringComparison.Ordinal);
        if (entry.OwnerTarget is not null && !string.IsNullOrEmpty(entry.Owner) && (!useSetSessionAuthorization || isOnlyRemarked))
        {
            yield return new EntryStep(EntryAction.Owner, OwnerSql(entry));
        }

        if (entry.RelKind == 'p' && !string.IsNullOrEmpty(entry.TableAccessMethod) && withAccessMethods)
        {
            yield return new EntryStep(EntryAction.PartitionAccessMethod, AccessMethodSql(entry));
        }
    }

    /// <summary>The step before what only its owner may do; null where the session is the owner already, or need not be.</summary>
    public EntryStep? BecomeOwner(TocEntry entry, EntrySession session) =>
        useSetSessionAuthorization ? Become(entry.Owner ?? "", session) : null;

    /// <summary>The step that makes the session somebody; null where it is that already.</summary>
    public EntryStep? Become(string user, EntrySession session)
    {
        if (user == session.User)
        {
            return null;
        }

        session.User = user;
        return new EntryStep(EntryAction.Become, $"SET SESSION AUTHORIZATION {(user.Length == 0 ? "DEFAULT" : literal(user))};");
    }

    /// <summary>The statement that gives an entry's object to its owner; one a line where the entry has many objects.</summary>
    public static string OwnerSql(TocEntry entry)
    {
        string owner = SqlText.Name(entry.Owner ?? "");
        return entry.LargeObjectOids.Count == 0
            ? $"ALTER {entry.OwnerTarget} OWNER TO {owner};"
            : string.Join('\n', entry.LargeObjectOids.Select(oid => $"ALTER {entry.OwnerTarget} {oid} OWNER TO {owner};"));
    }

    /// <summary>The statement that gives a partitioned table its access method, once it is there.</summary>
    public static string AccessMethodSql(TocEntry entry) =>
        $"ALTER TABLE {SqlText.Name(entry.Schema, entry.Name)} SET ACCESS METHOD {SqlText.Name(entry.TableAccessMethod ?? "")};";

    private IEnumerable<EntryStep> Defaults(TocEntry entry, EntrySession session)
    {
        if (withTablespaces && entry.Tablespace is { } tablespace && tablespace != session.Tablespace)
        {
            session.Tablespace = tablespace;
            yield return new EntryStep(
                EntryAction.Tablespace,
                $"SET default_tablespace = {(tablespace.Length == 0 ? "''" : SqlText.Name(tablespace))};");
        }

        if (
            withAccessMethods
            && entry.RelKind != 'p'
            && entry.TableAccessMethod is { Length: > 0 } method
            && method != session.AccessMethod)
        {
            session.AccessMethod = method;
            yield return new EntryStep(EntryAction.AccessMethod, $"SET default_table_access_method = {SqlText.Name(method)};");
        }
    }
}
