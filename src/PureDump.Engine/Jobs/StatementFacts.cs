using PureDump.Formats.Entries;

namespace PureDump.Engine.Jobs;

/// <summary>
/// What the text of a post-data statement says of the work that it is: of an index, a key, a foreign key. Names and literals in it hold
/// anything, so it is read word by word, not searched. Of any other statement, and of one that is none, every fact is absent.
/// </summary>
internal sealed record StatementFacts
{
    private static readonly StatementFacts s_none = new();

    /// <summary>The access method of the index that is built: <c>btree</c> for keys; null where none is.</summary>
    public string? IndexMethod { get; private init; }

    /// <summary>The columns and expressions of the index or of the foreign key, as they stand between the parentheses.</summary>
    public string? Columns { get; private init; }

    /// <summary>The columns that a foreign key references, as they stand between the parentheses.</summary>
    public string? ReferencedColumns { get; private init; }

    /// <summary>The index is of some of the rows.</summary>
    public bool IsPartial { get; private init; }

    /// <summary>The key keeps periods apart.</summary>
    public bool IsTemporal { get; private init; }

    /// <summary>The constraint is not checked now.</summary>
    public bool IsNotValid { get; private init; }

    /// <summary>The index is made the one its table is clustered by, or its replica identity, in the same transaction: that locks the
    /// table.</summary>
    public bool AltersTable { get; private init; }

    /// <summary>Reads the statements of an entry (pg_dump.c, dumpIndex and dumpConstraint, say what they can be).</summary>
    public static StatementFacts Of(TocEntry entry)
    {
        if (entry.Kind is not (EntryKind.Index or EntryKind.Constraint or EntryKind.ForeignKey or EntryKind.CheckConstraint))
        {
            return s_none;
        }

        string sql = entry.CreateSql;
        int end = 0;
        return entry.Kind == EntryKind.Index
            ? OfIndex(sql, ref end) with { AltersTable = HasAlterTable(sql, end) }
            : OfConstraint(sql, ref end);
    }

    private static bool HasAlterTable(string sql, int at)
    {
        while (at < sql.Length)
        {
            if (NextWord(sql, ref at) is "ALTER" && NextWord(sql, ref at) is "TABLE")
            {
                return true;
            }
        }

        return false;
    }

    private static StatementFacts OfIndex(string sql, ref int at)
    {
        var facts = new StatementFacts();
        for (string? word = NextWord(sql, ref at); word is not null; word = NextWord(sql, ref at))
        {
            if (word == "USING" && facts.IndexMethod is null)
            {
                string method = NextWord(sql, ref at) ?? "";
                facts = facts with { IndexMethod = method, Columns = Inside(NextWord(sql, ref at)) };
            }

            facts = facts with { IsPartial = facts.IsPartial || word == "WHERE" };
        }

        return facts;
    }

    private static StatementFacts OfConstraint(string sql, ref int at)
    {
        var facts = new StatementFacts();
        string? before = null;
        for (string? word = NextWord(sql, ref at); word is not null; before = word, word = NextWord(sql, ref at))
        {
            facts = (before, word) switch
            {
                ("PRIMARY", "KEY") or (_, "UNIQUE") => facts with { IndexMethod = "btree" },
                ("EXCLUDE", "USING") => facts with { IndexMethod = NextWord(sql, ref at) },
                (_, "WHERE") => facts with { IsPartial = true },
                ("NOT", "VALID") => facts with { IsNotValid = true },
                _ => facts,
            };
            if (word[0] != '(')
            {
                continue;
            }

            facts = facts.Columns is null
                ? facts with { Columns = Inside(word), IsTemporal = word.EndsWith(" WITHOUT OVERLAPS)", StringComparison.Ordinal) }
                : facts with { ReferencedColumns = facts.ReferencedColumns ?? Inside(word) };
        }

        return facts;
    }

    private static string? Inside(string? group) => group is ['(', .. var inside, ')'] ? inside : null;

    // A word, a quoted name, a group in parentheses as a whole, or one other letter. Null behind the end of a statement, which is passed.
    private static string? NextWord(string sql, ref int at)
    {
        while (at < sql.Length && char.IsWhiteSpace(sql[at]))
        {
            at++;
        }

        if (at == sql.Length || sql[at] == ';')
        {
            at = Math.Min(at + 1, sql.Length);
            return null;
        }

        int start = at;
        int depth = 0;
        do
        {
            char letter = sql[at];
            if (letter is '"' or '\'')
            {
                int close = sql.IndexOf(letter, at + 1);
                at = close < 0 ? sql.Length : close + 1;
            }
            else if (char.IsAsciiLetterOrDigit(letter) || letter is '_' || letter >= 0x80)
            {
                at++;
                if (depth == 0 && at < sql.Length && !(char.IsAsciiLetterOrDigit(sql[at]) || sql[at] is '_' || sql[at] >= 0x80))
                {
                    break;
                }

                continue;
            }
            else
            {
                depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
                at++;
            }

            if (depth <= 0)
            {
                break;
            }
        }
        while (at < sql.Length);

        return sql[start..at];
    }
}
