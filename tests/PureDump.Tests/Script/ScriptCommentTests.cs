using System.Reflection;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.TestSupport;

namespace PureDump.Tests.Script;

/// <summary>
/// Names that try to end the comment they stand in: of every kind of entry, in every field of it and of the origin, in every manner
/// of script. The script says what it says with harmless names, cut by the program's lexer and by psql's rules.
/// </summary>
public sealed class ScriptCommentTests
{
    /// <summary>What ends a comment for psql, what might for somebody, and what would follow.</summary>
    private static readonly string[] s_breaks =
    [
        "\n",
        "\r",
        "\r\n",
        "\u2028",
        "\u0085",
        "\u2029",
        "\v",
        "\f",
        "\n--\n",
        "*/",
        "\n\\! touch x\n",
        "\n\\. \n",
        "\n'",
        "\n\"",
        "\n$$",
    ];

    private static readonly ScriptOptions[] s_manners =
    [
        new(),
        new() { Verbose = true, Started = DateTimeOffset.UnixEpoch },
        new() { Clean = true, IfExists = true },
        new() { UseSetSessionAuthorization = true },
        new() { TransactionSize = 1, Clean = true },
        new()
        {
            SingleTransaction = true,
            DisableTriggers = true,
            Superuser = "boss",
        },
        new() { Rows = RowStatements.Insert, ColumnInserts = true },
        new() { WithoutTablespaces = true, WithoutTableAccessMethods = true },
        new() { CreateDatabase = true },
    ];

    public static TheoryData<string> Breaks => [.. s_breaks];

    [Theory]
    [MemberData(nameof(Breaks))]
    public void No_name_in_a_script_ends_the_comment_it_stands_in(string lineBreak)
    {
        foreach (ScriptOptions manner in s_manners)
        {
            // A line break in the name of a database is refused, which a test of its own shows.
            bool withDatabase = !lineBreak.AsSpan().ContainsAny('\n', '\r');
            string due = Scripted(Toc("A b", withDatabase), manner);
            string hostile = Scripted(Toc($"A{lineBreak}DROP TABLE victim; -- b", withDatabase), manner);

            Assert.Equal(PsqlSkeleton.Of(due), PsqlSkeleton.Of(hostile));
            Assert.Equal(Parts(due), Parts(hostile));
        }
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public void No_name_in_the_script_of_a_cluster_ends_the_comment_it_stands_in(string lineBreak)
    {
        foreach (bool cleans in (bool[])[false, true])
        {
            string due = Cluster("A b", cleans);
            string hostile = Cluster($"A{lineBreak}DROP TABLE victim; -- b", cleans);

            Assert.Equal(PsqlSkeleton.Of(due), PsqlSkeleton.Of(hostile));
            Assert.Equal(Parts(due), Parts(hostile));
        }
    }

    /// <summary>The same by way of an archive of pg_dump's, whose producer may not have looked at line breaks: rows of a partition say
    /// where they go.</summary>
    [Theory]
    [MemberData(nameof(Breaks))]
    public void No_definition_of_rows_in_an_archive_ends_the_comment_that_it_is(string lineBreak)
    {
        foreach (string? copy in (string?[])[null, "COPY public.t (a) FROM stdin;\n"])
        {
            Assert.Equal(PsqlSkeleton.Of(Read("A b", copy)), PsqlSkeleton.Of(Read($"A{lineBreak}DROP TABLE victim; -- b", copy)));
        }

        static string Read(string name, string? copy)
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(
                    path,
                    BuiltArchive.Custom(
                        16,
                        [
                            BuiltArchive.EncodingEntry,
                            BuiltArchive.Entry(2, EntryKind.TableData, name, name) with
                            {
                                Section = Section.Data,
                                HasData = true,
                                CopyStatement = copy,
                                OffsetState = PgOffsetState.NoData,
                                Definition = $"-- load via partition root public.\"{name}\"",
                            },
                        ]));
                using PgArchiveReader reader = PgArchiveReader.Open(path);
                return Scripted(reader.Toc, new ScriptOptions());
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>And by way of the archives that are written: what they hold is one comment too, for a pg_restore prints it as it
    /// is.</summary>
    [Theory]
    [MemberData(nameof(Breaks))]
    public void No_definition_of_rows_in_a_written_archive_ends_the_comment_that_it_is(string lineBreak)
    {
        TableRows rows = Rows($"A{lineBreak}DROP TABLE victim; -- b");

        string mark = RootMark.Of(rows);

        Assert.False(mark.AsSpan().ContainsAny('\n', '\r'));
        Assert.StartsWith("-- load via partition root ", mark, StringComparison.Ordinal);
    }

    /// <summary>Statements about many large objects are taken apart where they end, not where a line of a role's name does.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_role_whose_name_has_lines_is_one_name_in_each_statement_about_large_objects(int transactionSize)
    {
        const string role = "a\nALTER ROLE evil SUPERUSER; --\nb";
        TocEntry entry = LargeObjects(role) with
        {
            Id = new DumpId(2),
            Kind = EntryKind.Acl,
            Name = "LARGE OBJECTS 1..2",
            CreateSql =
                $"GRANT SELECT ON LARGE OBJECT 1 TO {SqlText.Name(role)};\nGRANT SELECT ON LARGE OBJECT 2 TO {SqlText.Name(role)};\n",
        };

        string script = Scripted(
            new Toc(Origin("x"), [LargeObjects(role), entry]),
            new ScriptOptions { TransactionSize = transactionSize }
        );

        Assert.DoesNotContain(Parts(script), static part => part.StartsWith("ALTER ROLE", StringComparison.Ordinal));
        Assert.Equal(2, Parts(script).Count(static part => part.StartsWith("GRANT SELECT", StringComparison.Ordinal)));
        Assert.Equal(
            [
                "GRANT SELECT ON LARGE OBJECT 1 TO \"a\nALTER ROLE evil SUPERUSER; --\nb\";\n",
                "GRANT SELECT ON LARGE OBJECT 2 TO \"a\nALTER ROLE evil SUPERUSER; --\nb\";\n",
            ],
            PlainSqlWriter.EachLargeObject(entry.CreateSql));
    }

    /// <summary>Comments of text from outside are made by SqlText.Comment; what else begins with two dashes in the source has no text in
    /// it.</summary>
    [Fact]
    public void The_source_makes_comments_in_one_place()
    {
        string root = Repository.PathOf("src");
        string[] found =
        [
            .. Directory
                .GetFiles(root, "*.cs", SearchOption.AllDirectories)
                .Where(static path =>
                    !path.Contains("/obj/", StringComparison.Ordinal)
                    && !path.EndsWith("SqlText.cs", StringComparison.Ordinal)
                    && !path.Contains("PureDump.Cli", StringComparison.Ordinal))
                .SelectMany(static path => File.ReadLines(path).Select(line => $"{Path.GetFileName(path)}: {line.Trim()}"))
                .Where(static line =>
                    line.Contains("$\"", StringComparison.Ordinal)
                    && System.Text.RegularExpressions.Regex.IsMatch(line, @"\$""[^""{]*-- [^""\\]*\{")),
        ];
        Assert.Empty(found);
    }

    private static string Scripted(Toc toc, ScriptOptions options)
    {
        var output = new StringWriter();
        var writer = new PlainSqlWriter(output, toc.Origin, options with { RestrictKey = "K" });
        writer.WriteHead();
        foreach (TocEntry entry in toc.Entries)
        {
            if (!writer.Takes(entry))
            {
                continue;
            }

            if (options.Clean)
            {
                writer.WriteDrop(entry);
            }

            if (entry.HasBlocks)
            {
                writer.BeginRows(entry);
                writer.EndRows(entry);
            }
            else
            {
                writer.WriteEntry(entry);
            }
        }

        writer.WriteTail(DateTimeOffset.UnixEpoch);
        return output.ToString();
    }

    private static string Cluster(string name, bool cleans)
    {
        var output = new StringWriter();
        string quoted = SqlText.QuotedName(name);
        TocEntry[] entries =
        [
            .. new[]
            {
                EntryKind.Role,
                EntryKind.RoleProperties,
                EntryKind.RoleSettings,
                EntryKind.RoleMembership,
                EntryKind.Tablespace,
                EntryKind.TablespaceProperties,
                EntryKind.Database,
            }.Select(
                (kind, i) =>
                    Entry(i + 1, kind, name) with
                    {
                        CreateSql = $"SELECT {quoted};\n",
                        DropSql = $"DROP {kind} {quoted};\n",
                        DropIfExistsSql = "",
                    }
            ),
        ];
        var writer = new ClusterScriptWriter(
            output,
            new Toc(Origin(name), entries),
            new ClusterScriptOptions
            {
                Parts = ClusterParts.All,
                Clean = cleans,
                RestrictKey = "K",
                Started = DateTimeOffset.UnixEpoch,
            }
        );
        writer.WriteGlobals([name]);
        writer.BeginDatabases();
        writer.BeginDatabase(name, connects: false);
        writer.WriteTail(DateTimeOffset.UnixEpoch);
        return output.ToString();
    }

    // Every kind there is, and one that is not, with the name in every field that has one.
    private static Toc Toc(string name, bool withDatabase)
    {
        string[] kinds =
        [
            .. typeof(EntryKind)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(static field => (string)field.GetValue(null)!)
                .Where(kind =>
                    kind != EntryKind.LargeObjectMetadata
                    && (withDatabase || kind is not (EntryKind.Database or EntryKind.DatabaseProperties))),
            name,
        ];
        var entries = new List<TocEntry> { LargeObjects(name) };
        entries.AddRange(kinds.Select((kind, i) => Entry(i + 2, kind, name)));
        entries.Add(Entry(entries.Count + 1, EntryKind.TableData, name) with { Rows = Rows(name), CreateSql = "" });
        return new Toc(Origin(name), entries);
    }

    private static TocEntry Entry(int id, string kind, string name) => new()
    {
        Id = new DumpId(id),
        Kind = kind,
        Schema = name,
        Name = name,
        Owner = name,
        Section = Section.PreData,
        Tablespace = name,
        TableAccessMethod = name,
        RelKind = kind == EntryKind.Table ? 'p' : '\0',
        OwnerTarget = $"TABLE {SqlText.QuotedName(name)}",
        CreateSql = kind == EntryKind.TableData ? "" : $"SELECT {SqlText.QuotedName(name)};\n",
        DropSql = $"DROP TABLE {SqlText.QuotedName(name)};\n",
        DropIfExistsSql = $"DROP TABLE IF EXISTS {SqlText.QuotedName(name)};\n",
    };

    private static TocEntry LargeObjects(string owner) => new()
    {
        Id = new DumpId(1),
        Kind = EntryKind.LargeObjectMetadata,
        Name = owner,
        Owner = owner,
        Section = Section.Data,
        CreateSql = "SELECT pg_catalog.lo_create('1');\nSELECT pg_catalog.lo_create('2');\n",
        DropSql = "SELECT pg_catalog.lo_unlink('1');\nSELECT pg_catalog.lo_unlink('2');\n",
        OwnerTarget = "LARGE OBJECT",
        LargeObjectOids = [1, 2],
    };

    private static TableRows Rows(string name) =>
        new() { Schema = name, Table = name, LoadInto = (name, name), Columns = [new RowColumn(name, "text")], Format = RowFormat.Text };

    private static DumpOrigin Origin(string name) =>
        new() { Database = name, ServerVersion = name, ServerVersionNumber = 180000, Encoding = "UTF8", Producer = name };

    // What the program's own lexer makes of it: each statement by its first words, rows passed over, commands by their names.
    private static List<string> Parts(string script)
    {
        var parts = new List<string>();
        var reader = new ScriptReader(new MemoryStream(Encoding.UTF8.GetBytes(script)));
        for (ScriptPart part = reader.Read(); part != ScriptPart.End; part = reader.Read())
        {
            if (part == ScriptPart.Command)
            {
                parts.Add($"\\{reader.Command!.Name}");
                continue;
            }

            parts.Add(Encoding.UTF8.GetString(reader.Statement).Split('"', '\'')[0]);
            if (reader.CopyFromStdinCount > 0)
            {
                reader.BeginCopy();
                while (reader.ReadCopy(out _))
                {
                }
            }
        }

        return parts;
    }
}
