using PureDump.Engine.Jobs;
using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;
using PureDump.TestSupport;

namespace PureDump.Tests.Transfer;

/// <summary>
/// What every source promises the hub, on the archives of formats/golden: the same rows by parts, by several workers and as a stream, each
/// once, and a part that is left in its middle harms none that comes after it. (Live databases and archives of pg_dump pass the same in
/// LeftStreamTests and ArchiveFormatTests, for they take a server to be made.)
/// </summary>
public sealed class SourceConformanceTests
{
    public static TheoryData<string> Names =>
        [
            .. Directory
                .GetFiles(Repository.PathOf("formats", "golden"), "valid-*.pdump")
                .Select(static path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal),
        ];

    [Theory, MemberData(nameof(Names))]
    public void Parts_are_numbered_and_follow_one_another(string name)
    {
        using IPartSource source = OpenFile(name, partCountMax: 8);

        Assert.All(EntriesWithRows(source), entry =>
        {
            IReadOnlyList<RowPart> parts = source.PartsOf(entry);
            Assert.NotEmpty(parts);
            Assert.Equal(Enumerable.Range(0, parts.Count), parts.Select(static part => part.Number));
            Assert.All(parts, part => Assert.Equal((parts.Count, entry), (part.Count, part.Entry)));
            Assert.Equal(parts.Skip(1).Select(static part => part.First), parts.SkipLast(1).Select(static part => part.End));
            Assert.All(parts, static part => Assert.True(part.Weight >= 0));
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_rows_come_by_parts_and_as_a_stream(string name)
    {
        using IPartSource parts = OpenFile(name, partCountMax: 1);
        using IStreamSource stream = OpenPipe(name);
        Dictionary<int, byte[]> streamed = ReadStream(stream);

        Assert.All(EntriesWithRows(parts), entry => Assert.Equal(ReadParts(parts, entry), streamed.GetValueOrDefault(entry.Id.Value, [])));
        Assert.Equal(EntriesWithRows(parts).Select(static entry => entry.Id), EntriesWithRows(stream).Select(static entry => entry.Id));
        parts.Complete();
        stream.Complete();
    }

    [Theory, MemberData(nameof(Names))]
    public void What_was_left_in_its_middle_harms_nothing_behind_it(string name)
    {
        using IPartSource source = OpenFile(name, partCountMax: 1);
        using var pool = new RowBlockPool(1);
        using ISourceWorker worker = source.OpenWorker();
        foreach (TocEntry entry in EntriesWithRows(source))
        {
            byte[] whole = ReadParts(source, entry);
            foreach (bool leaves in (bool[])[true, false])
            {
                worker.Open(source.PartsOf(entry)[0]);
                using (RowBlock block = pool.Rent(CancellationToken.None))
                {
                    worker.Read(block);
                }

                if (leaves)
                {
                    worker.Leave();
                }

                Assert.Equal(whole, Read(worker, source.PartsOf(entry), pool));
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Two_workers_read_the_same_at_once(string name)
    {
        using IPartSource source = OpenFile(name, partCountMax: 1);
        using var pool = new RowBlockPool(2);
        using ISourceWorker one = source.OpenWorker();
        using ISourceWorker other = source.OpenWorker();

        foreach (TocEntry entry in EntriesWithRows(source))
        {
            byte[]? beside = null;
            var thread = new Thread(() => beside = Read(other, source.PartsOf(entry), pool));
            thread.Start();
            byte[] read = Read(one, source.PartsOf(entry), pool);
            thread.Join();
            Assert.Equal(read, beside);
        }
    }

    private static IPartSource OpenFile(string name, int partCountMax) =>
        Assert.IsAssignableFrom<IPartSource>(ArchiveSources.Open(PathOf(name), partCountMax));

    private static IStreamSource OpenPipe(string name) =>
        Assert.IsAssignableFrom<IStreamSource>(ArchiveSources.Open(File.OpenRead(PathOf(name))));

    private static string PathOf(string name) => Repository.PathOf("formats", "golden", $"{name}.pdump");

    private static IEnumerable<TocEntry> EntriesWithRows(IDumpSource source) => source.Toc.Entries.Where(static entry => entry.HasBlocks);

    private static byte[] ReadParts(IPartSource source, TocEntry entry)
    {
        using var pool = new RowBlockPool(1);
        using ISourceWorker worker = source.OpenWorker();
        return Read(worker, source.PartsOf(entry), pool);
    }

    private static byte[] Read(ISourceWorker worker, IReadOnlyList<RowPart> parts, RowBlockPool pool)
    {
        var rows = new List<byte>();
        foreach (RowPart part in parts)
        {
            worker.Open(part);
            bool isMore = true;
            while (isMore)
            {
                using RowBlock block = pool.Rent(CancellationToken.None);
                isMore = worker.Read(block);
                Assert.True(!isMore || block.Entry == part.Entry.Id, "a block says whose it is");
                rows.AddRange(isMore ? block.Bytes : []);
            }

            worker.Leave();
        }

        return [.. rows];
    }

    // Each entry ends once, and has no blocks behind its end.
    private static Dictionary<int, byte[]> ReadStream(IStreamSource source)
    {
        var rows = new Dictionary<int, List<byte>>();
        var ended = new HashSet<int>();
        using var pool = new RowBlockPool(1);
        while (true)
        {
            using RowBlock block = pool.Rent(CancellationToken.None);
            StreamEvent next = source.ReadStream(block, out TocEntry? entry);
            if (next == StreamEvent.End)
            {
                Assert.Null(entry);
                Assert.Empty(rows.Keys.Except(ended));
                return rows.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToArray());
            }

            int id = entry!.Id.Value;
            Assert.True(source.Toc.TryFind(entry.Id, out _));
            Assert.DoesNotContain(id, ended);
            if (next == StreamEvent.EntryEnd)
            {
                ended.Add(id);
            }
            else
            {
                (rows.TryGetValue(id, out List<byte>? had) ? had : rows[id] = []).AddRange(block.Bytes);
            }
        }
    }
}
