using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Formats.PgArchive;

/// <summary>Writes a tar archive: formats/pg-archive.md, section 6 (pg_backup_tar.c).</summary>
internal sealed class TarArchiveWriter : PgArchiveWriter
{
    private readonly PgArchiveOutput _output;
    private readonly long _time;
    private readonly StringBuilder _list = new();
    private FileStream? _spool;

    /// <summary>A writer of one archive.</summary>
    /// <param name="output">At its first byte.</param>
    /// <param name="settings">How.</param>
    public TarArchiveWriter(Stream output, PgArchiveSettings settings)
        : base(PgArchiveFormat.Tar, settings)
    {
        _output = new PgArchiveOutput(output, "the archive");
        _time = Math.Max(0, (long)(settings.Created - DateTime.UnixEpoch).TotalSeconds);
    }

    private protected override void WriteBegin(Toc toc) => WriteMember(ArchiveFileNames.Toc, Stored.Write);

    private protected override Stream OpenData(TocEntry entry, Action end) => OpenMember(ArchiveFileNames.Data(entry.Id.Value), end);

    private protected override LargeObjectWriter OpenLargeObjects(DumpId entry, bool isFirst, bool isLast, Action end) =>
        new(
            oid =>
            {
                string name = ArchiveFileNames.LargeObject(oid);
                _list.Append(oid).Append(' ').Append(name).Append('\n');
                return OpenMember(name, static () => { });
            },
            () =>
            {
                if (isLast)
                {
                    WriteMember(
                        ArchiveFileNames.LargeObjectList(Settings.Version, entry.Value),
                        output => output.Write(Encoding.ASCII.GetBytes(_list.ToString())));
                    _list.Clear();
                }

                end();
            }
        );

    private protected override void WriteEnd(Toc toc)
    {
        WriteMember(
            ArchiveFileNames.Script,
            output =>
            {
                using var writer = new StreamWriter(output, TextEncoding.Of(toc.Origin.Encoding), leaveOpen: true) { NewLine = "\n" };
                RestoreScript.Write(writer, toc, Settings);
            }
        );
        _output.Write(new byte[2 * TarHeader.Size]);
        _output.Flush();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing) => _spool?.Dispose();

    private void WriteMember(string name, Action<PgArchiveOutput> write)
    {
        using EntryWriteStream member = OpenMember(name, static () => { });
        var output = new PgArchiveOutput(member, name);
        write(output);
        output.Flush();
    }

    // The header comes before the content and holds its length: it is written over, or the content is kept aside until then.
    private EntryWriteStream OpenMember(string name, Action end)
    {
        if (!_output.CanGoBack)
        {
            FileStream spool = Spool();
            return new EntryWriteStream(
                spool,
                default,
                isZlib: false,
                () =>
                {
                    CopySpool(name, spool);
                    end();
                }
            );
        }

        long start = _output.Written;
        WriteHeader(_output, name, 0);
        return new EntryWriteStream(
            _output,
            default,
            isZlib: false,
            () =>
            {
                long length = _output.Written - start - TarHeader.Size;
                Pad(length);
                _output.WriteOver(start, output => WriteHeader(output, name, length));
                end();
            }
        );
    }

    private FileStream Spool()
    {
        try
        {
            if (_spool is null)
            {
                string path = Path.Combine(Settings.TemporaryDirectory ?? Path.GetTempPath(), $".puredump-{Guid.NewGuid():N}.partial");
                var options = new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                _spool = new FileStream(path, options);
                // It has no name from here on: nobody finds it, and nothing is left of a run that is killed.
                File.Delete(path);
            }

            _spool.SetLength(0);
            return _spool;
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, "could not write a temporary file");
        }
    }

    private void CopySpool(string name, FileStream spool)
    {
        try
        {
            WriteHeader(_output, name, spool.Length);
            spool.Position = 0;
            spool.CopyTo(_output);
            Pad(spool.Length);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, "could not read a temporary file");
        }
    }

    private void WriteHeader(PgArchiveOutput output, string name, long length)
    {
        Span<byte> block = stackalloc byte[TarHeader.Size];
        new TarHeader(name, length, 0).Write(block, _time);
        output.Write(block);
    }

    private void Pad(long length) => _output.Write(new byte[TarHeader.PaddingOf(length)]);
}
