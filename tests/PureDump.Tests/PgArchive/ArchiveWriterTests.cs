using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;
using PureDump.TestSupport;

namespace PureDump.Tests.PgArchive;

public sealed class ArchiveWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("puredump-").FullName;

    public static TheoryData<string, string, bool> Layouts
    {
        get
        {
            var layouts = new TheoryData<string, string, bool>();
            foreach (string compression in new[] { "none", "gzip", "gzip:9", "lz4", "zstd:5" })
            {
                layouts.Add("custom", compression, false);
                layouts.Add("pipe", compression, false);
                layouts.Add("directory", compression, false);
                if (compression is "none" or "gzip")
                {
                    layouts.Add("custom", compression, true);
                    layouts.Add("pipe", compression, true);
                    layouts.Add("directory", compression, true);
                }
            }

            foreach (bool isOld in new[] { false, true })
            {
                layouts.Add("tar", "none", isOld);
                layouts.Add("tarpipe", "none", isOld);
            }

            return layouts;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Layouts))]
    public void What_is_written_is_read_the_same(string layout, string compression, bool isOld)
    {
        using PgArchiveReader source = PgArchiveReader.Open(GoldenPath("custom-18-none.dump"));
        string path = Write(source, layout, compression, isOld);

        using PgArchiveReader copy = PgArchiveReader.Open(path);
        SortedDictionary<string, string> due = ArchiveContents.Opened(source);
        Assert.Equal(due, ArchiveContents.Opened(copy));
        if (layout != "directory")
        {
            using PgArchiveReader stream = PgArchiveReader.Open(File.OpenRead(path));
            Assert.Equal(due, ArchiveContents.Streamed(stream));
        }

        Assert.Equal(isOld ? "1.14" : "1.16", copy.Header.Version.ToString());
        Assert.Equal(source.Header.Created, copy.Header.Created);
        Assert.Equal(layout == "pipe", copy.StoredEntries.Any(static entry => entry.OffsetState == PgOffsetState.NotSet));
    }

    [Theory]
    [InlineData("custom-18-none.dump")]
    [InlineData("directory-18-none")]
    [InlineData("tar-18.tar")]
    public void Each_field_of_the_table_of_contents_is_that_of_pg_dump(string name)
    {
        using PgArchiveReader source = PgArchiveReader.Open(GoldenPath(name));
        string layout = source.Header.Format.ToString().ToLowerInvariant();
        using PgArchiveReader copy = PgArchiveReader.Open(Write(source, layout, "none", isOld: false));

        Assert.Equal(source.Header, copy.Header);
        Assert.Equal(Shown(source), Shown(copy));

        static IEnumerable<string> Shown(PgArchiveReader archive)
        {
            HashSet<int> ids = [.. archive.StoredEntries.Select(static entry => entry.DumpId)];
            return archive.StoredEntries.Select(entry =>
                Comparable(entry with { Dependencies = [.. entry.Dependencies.Where(ids.Contains).Order()] }));
        }
    }

    [Fact]
    public void Large_objects_for_old_readers_are_single_and_have_their_own_privileges()
    {
        using PgArchiveReader source = PgArchiveReader.Open(GoldenPath("custom-18-none.dump"));
        using PgArchiveReader copy = PgArchiveReader.Open(Write(source, "custom", "gzip", isOld: true));
        using PgArchiveReader real = PgArchiveReader.Open(GoldenPath("custom-15-none.dump"));

        Assert.Equal(Shown(real), Shown(copy));

        // pg_dump 15 puts the objects before the rows, in pre-data; the order among them is what counts.
        static IEnumerable<string> Shown(PgArchiveReader archive) =>
            archive
                .StoredEntries.Where(static entry =>
                    entry.Kind is "BLOB" or "BLOBS" || entry.Tag.StartsWith("LARGE OBJECT", StringComparison.Ordinal))
                .Select(entry =>
                    string.Join(
                        '|',
                        entry.Kind,
                        entry.Tag,
                        entry.Owner,
                        entry.Section,
                        entry.Definition,
                        entry.DropStatement,
                        entry.HasData,
                        entry.CatalogId,
                        string.Join(',', entry.Dependencies.Select(id => archive.Toc[new DumpId(id)].Label))))
                .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void The_script_of_a_tar_loads_the_files_beside_it()
    {
        using PgArchiveReader source = PgArchiveReader.Open(GoldenPath("custom-18-none.dump"));
        Command.Run("tar", ["xf", Write(source, "tar", "none", isOld: false), "-C", _folder]).Succeeded();
        string script = File.ReadAllText(Path.Combine(_folder, "restore.sql"));
        string real = RealScript();

        // What pg_dump gets wrong or does otherwise: the envelope, an empty COPY before each real one, large objects.
        Assert.DoesNotContain("(null)", script, StringComparison.Ordinal);
        Assert.Equal(Comparable(real), Comparable(script));
        Assert.Contains(
            "SELECT pg_catalog.lo_put('70001', 0, pg_catalog.pg_read_binary_file('$$PATH$$/blob_70001.dat'));\n",
            script,
            StringComparison.Ordinal);

        static string Comparable(string script) =>
            string.Join(
                '\n',
                script
                    .Split('\n')
                    .Where(static line =>
                        !line.StartsWith('\\')
                        && !line.Contains("lo_put", StringComparison.Ordinal)
                        && !line.EndsWith(" FROM stdin;", StringComparison.Ordinal)
                        && line.Length > 0));
    }

    [Fact]
    public void A_directory_must_be_empty_and_is_left_as_it_was_found()
    {
        using PgArchiveReader source = PgArchiveReader.Open(GoldenPath("custom-18-none.dump"));
        string path = Path.Combine(_folder, "new");
        using (PgArchiveWriter writer = PgArchiveWriter.ToDirectory(path, new PgArchiveSettings()))
        {
            writer.Begin(source.Toc);
            TocEntry rows = source.Toc.Entries.First(static entry => entry.Kind == EntryKind.TableData);
            using Stream data = writer.BeginData(rows);
            data.Write(CopyText.End);
        }

        Assert.False(Directory.Exists(path));
        File.WriteAllText(Path.Combine(_folder, "something"), "");
        PureDumpException refused = Assert.Throws<PureDumpException>(() => PgArchiveWriter.ToDirectory(_folder, new PgArchiveSettings()));
        Assert.Equal((ErrorKind.File, $"could not write \"{_folder}\": the directory is not empty"), (refused.Kind, refused.Message));
    }

    [Fact]
    public void A_directory_is_written_by_several_threads()
    {
        using PgArchiveReader source = PgArchiveReader.Open(GoldenPath("directory-18-none"));
        string path = Path.Combine(_folder, "new");
        using (PgArchiveWriter writer = PgArchiveWriter.ToDirectory(path, ArchiveCopy.Settings(source)))
        {
            writer.Begin(source.Toc);
            TocEntry[] rows = [.. source.Toc.Entries.Where(static entry => entry.Kind == EntryKind.TableData)];
            Stream[] open = [.. rows.Select(writer.BeginData)];
            Parallel.For(0, rows.Length, i =>
            {
                using Stream data = source.OpenData(rows[i]);
                data.CopyTo(open[i]);
                open[i].Dispose();
            });
            foreach (TocEntry entry in source.Toc.Entries.Where(static entry => entry.Kind == EntryKind.LargeObjects))
            {
                using LargeObjectReader objects = source.OpenLargeObjects(entry);
                using LargeObjectWriter target = writer.BeginLargeObjects(entry);
                ArchiveCopy.Into(objects, target);
            }

            writer.Complete();
        }

        using PgArchiveReader copy = PgArchiveReader.Open(path);
        Assert.Equal(ArchiveContents.Opened(source), ArchiveContents.Opened(copy));
    }

    [Fact]
    public void Large_objects_of_several_groups_can_be_written_at_once_for_old_readers_too()
    {
        using PgArchiveReader source = PgArchiveReader.Open(GoldenPath("custom-18-none.dump"));
        TocEntry[] groups = [.. source.Toc.Entries.Where(static entry => entry.Kind == EntryKind.LargeObjects)];
        Assert.InRange(groups.Length, 2, int.MaxValue);
        string path = Path.Combine(_folder, "new");
        using (
            PgArchiveWriter writer = PgArchiveWriter.ToDirectory(
                path,
                ArchiveCopy.Settings(source) with
                {
                    Version = PgArchiveVersion.ForOldReaders,
                }
            ))
        {
            writer.Begin(source.Toc);
            LargeObjectWriter[] open = [.. groups.Select(writer.BeginLargeObjects)];
            for (int i = 0; i < groups.Length; i++)
            {
                using LargeObjectReader objects = source.OpenLargeObjects(groups[i]);
                ArchiveCopy.Into(objects, open[i]);
                open[i].Dispose();
            }

            ArchiveCopy.RowsInto(source, writer);
            writer.Complete();
        }

        using PgArchiveReader copy = PgArchiveReader.Open(path);
        Assert.Equal(ArchiveContents.Opened(source), ArchiveContents.Opened(copy));
    }

    [Fact]
    public void A_directory_that_was_not_completed_can_be_disposed_of_twice()
    {
        using PgArchiveReader source = PgArchiveReader.Open(GoldenPath("custom-18-none.dump"));
        string path = Path.Combine(_folder, "new");
        using PgArchiveWriter writer = PgArchiveWriter.ToDirectory(path, new PgArchiveSettings());
        writer.Begin(source.Toc);
        writer.BeginData(source.Toc.Entries.First(static entry => entry.Kind == EntryKind.TableData)).Dispose();

        writer.Dispose();

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void The_temporary_file_of_a_tar_has_no_name_that_anybody_could_find_or_that_a_killed_run_could_leave()
    {
        using PgArchiveReader source = PgArchiveReader.Open(GoldenPath("custom-18-none.dump"));
        using var writer = PgArchiveWriter.ToTar(
            new BufferedPipe(new MemoryStream()),
            new PgArchiveSettings { TemporaryDirectory = _folder }
        );
        writer.Begin(source.Toc);
        using Stream data = writer.BeginData(source.Toc.Entries.First(static entry => entry.Kind == EntryKind.TableData));
        data.Write(new byte[1 << 20]);

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void An_archive_without_all_its_data_cannot_be_completed()
    {
        using PgArchiveReader source = PgArchiveReader.Open(GoldenPath("custom-18-none.dump"));
        using PgArchiveWriter writer = PgArchiveWriter.ToCustom(new MemoryStream(), new PgArchiveSettings());
        writer.Begin(source.Toc);

        Assert.Equal(ErrorKind.Internal, Assert.Throws<PureDumpException>(writer.Complete).Kind);
    }

    [Theory]
    [InlineData("tar", "gzip", false)]
    [InlineData("custom", "zstd", true)]
    public void Compression_that_does_not_exist_there_is_refused(string layout, string compression, bool isOld)
    {
        using PgArchiveReader source = PgArchiveReader.Open(GoldenPath("custom-18-none.dump"));

        Assert.Equal(ErrorKind.Usage, Assert.Throws<PureDumpException>(() => Write(source, layout, compression, isOld)).Kind);
    }

    internal static string Write(PgArchiveReader source, string folder, string layout, string compression, bool isOld)
    {
        string path = Path.Combine(folder, $"{layout}-{compression.Replace(':', '-')}-{isOld}");
        PgArchiveSettings settings = ArchiveCopy.Settings(source) with
        {
            Compression = StreamCompression.Parse(compression, static _ => { }),
            Version = isOld ? PgArchiveVersion.ForOldReaders : PgArchiveVersion.Newest,
            TemporaryDirectory = folder,
        };
        if (layout == "directory")
        {
            using PgArchiveWriter writer = PgArchiveWriter.ToDirectory(path, settings);
            ArchiveCopy.Into(source, writer);
            return path;
        }

        using FileStream file = File.Create(path);
        Stream output = layout.EndsWith("pipe", StringComparison.Ordinal) ? new BufferedPipe(file) : file;
        using (
            PgArchiveWriter writer = layout.StartsWith("tar", StringComparison.Ordinal)
                ? PgArchiveWriter.ToTar(output, settings)
                : PgArchiveWriter.ToCustom(output, settings))
        {
            ArchiveCopy.Into(source, writer);
        }

        return path;
    }

    private string Write(PgArchiveReader source, string layout, string compression, bool isOld) =>
        Write(source, _folder, layout, compression, isOld);

    // NULL and the empty string mean the same, and pg_dump writes now one, now the other. It also names dependencies that it left out.
    private static string Comparable(PgTocEntry entry) =>
        string.Join(
            '|',
            entry.DumpId,
            entry.HasData,
            entry.CatalogId,
            entry.Tag,
            entry.Kind,
            entry.Section,
            entry.Definition,
            entry.DropStatement,
            entry.CopyStatement,
            entry.Schema,
            entry.Tablespace ?? "NULL",
            entry.TableAccessMethod,
            (int)entry.RelKind,
            entry.Owner,
            string.Join(',', entry.Dependencies),
            entry.OffsetState,
            entry.FileName);

    private static string RealScript()
    {
        using FileStream tar = File.OpenRead(GoldenPath("tar-18.tar"));
        using var reader = new System.Formats.Tar.TarReader(tar);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.Name == "restore.sql")
            {
                using var text = new StreamReader(entry.DataStream!);
                return text.ReadToEnd();
            }
        }

        throw new InvalidOperationException("the golden tar has no script");
    }

    private static string GoldenPath(string name) => Repository.PathOf("formats", "golden", "pg", name);

    private sealed class BufferedPipe(Stream stream) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => stream.Write(buffer);

        public override void Flush() => stream.Flush();
    }
}
