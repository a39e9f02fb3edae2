using System.Buffers.Binary;
using System.IO.Hashing;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive;

/// <summary>The file header of an archive: formats/pdump.md, section 2.</summary>
/// <param name="Created">When it was written, or null where that was dropped for determinism.</param>
/// <param name="Member">What the archive is of a cluster's; null: an archive of its own.</param>
internal readonly record struct ArchiveHeader(DateTime? Created, MemberKind? Member = null)
{
    /// <summary>Its length in bytes.</summary>
    public const int Size = 64;

    /// <summary>The version this code writes.</summary>
    public const ushort Major = 1;

    /// <inheritdoc cref="Major"/>
    public const ushort Minor = 0;

    internal const int MajorOffset = 8;
    internal const int MinorOffset = 10;
    internal const int FlagsOffset = 12;
    internal const int CreatedOffset = 16;
    internal const int ReservedOffset = 24;
    internal const int ChecksumOffset = 56;
    private const uint DeterministicFlag = 1;
    private const uint MemberFlag = 2;
    private const uint GlobalsFlag = 4;

    private uint Flags =>
        (Created is null ? DeterministicFlag : 0)
        | (Member is null ? 0 : MemberFlag)
        | (Member == MemberKind.Globals ? GlobalsFlag : 0);

    /// <summary>The first eight bytes of every archive.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'P', (byte)'D', (byte)'U', (byte)'M', (byte)'P', 13, 10];

    /// <summary>True for the first bytes of the archive of a cluster, whether or not they pass their checksum.</summary>
    public static bool IsOfCluster(ReadOnlySpan<byte> source) =>
        source.Length >= CreatedOffset && source.StartsWith(Magic)
        && (BinaryPrimitives.ReadUInt32LittleEndian(source[FlagsOffset..]) & MemberFlag) != 0;

    /// <summary>True where a file header stands that passes its own checksum; for finding the way after damage.</summary>
    internal static bool IsWhole(ReadOnlySpan<byte> source) =>
        source.Length >= Size && source.StartsWith(Magic)
        && BinaryPrimitives.ReadUInt64LittleEndian(source[ChecksumOffset..]) == XxHash3.HashToUInt64(source[..ChecksumOffset]);

    /// <summary>Refuses an archive that is something else than it should be.</summary>
    /// <param name="due">What it should be of a cluster's; null: an archive of its own.</param>
    /// <exception cref="PureDumpException">It is the archive of a cluster where one of a database is due (<see cref="ErrorKind.Usage"/>),
    /// or the other way round (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void Require(MemberKind? due)
    {
        if (Member == due)
        {
            return;
        }

        throw due is null
            ? new PureDumpException(
                ErrorKind.Usage,
                "this is the archive of a cluster, not of one database",
                "puredump restore --only-database NAME takes one of its databases, puredump list shows them")
            : new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"the header is that of "
                + $"{(Member is null ? "an archive of its own" : Member == MemberKind.Globals ? "globals" : "a database")}, "
                + $"where {(due == MemberKind.Globals ? "the globals of a cluster are" : "a database of a cluster is")} due");
    }

    /// <summary>Writes the header.</summary>
    /// <param name="target">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> target)
    {
        target = target[..Size];
        target.Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt16LittleEndian(target[MajorOffset..], Major);
        BinaryPrimitives.WriteUInt16LittleEndian(target[MinorOffset..], Minor);
        BinaryPrimitives.WriteUInt32LittleEndian(target[FlagsOffset..], Flags);
        BinaryPrimitives.WriteInt64LittleEndian(
            target[CreatedOffset..],
            Created is DateTime at ? (at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : 0);
        BinaryPrimitives.WriteUInt64LittleEndian(target[ChecksumOffset..], XxHash3.HashToUInt64(target[..ChecksumOffset]));
    }

    /// <summary>Reads a header.</summary>
    /// <param name="source">The first bytes of the file; fewer than <see cref="Size"/> are rejected.</param>
    /// <exception cref="PureDumpException">Not an archive or a damaged one (<see cref="ErrorKind.ArchiveDamaged"/>), or one of
    /// another major version (<see cref="ErrorKind.ArchiveVersion"/>).</exception>
    public static ArchiveHeader Read(ReadOnlySpan<byte> source)
    {
        if (source.Length < Size || !source[..Magic.Length].SequenceEqual(Magic))
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, "this is not a PureDump archive", Recognize(source));
        }

        source = source[..Size];
        if (BinaryPrimitives.ReadUInt64LittleEndian(source[ChecksumOffset..]) != XxHash3.HashToUInt64(source[..ChecksumOffset]))
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, "the archive header is damaged: its checksum is wrong");
        }

        ushort major = BinaryPrimitives.ReadUInt16LittleEndian(source[MajorOffset..]);
        ushort minor = BinaryPrimitives.ReadUInt16LittleEndian(source[MinorOffset..]);
        if (major != Major)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveVersion,
                $"the archive has format version {major}.{minor}, this program reads {Major}.x",
                "use a newer puredump");
        }

        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(source[FlagsOffset..]);
        bool isMember = (flags & MemberFlag) != 0;
        bool isOfGlobals = (flags & GlobalsFlag) != 0;
        if (
            (flags & ~(DeterministicFlag | MemberFlag | GlobalsFlag)) != 0
            || (isOfGlobals && !isMember)
            || source[ReservedOffset..ChecksumOffset].ContainsAnyExcept((byte)0))
        {
            throw new PureDumpException(
                ErrorKind.ArchiveVersion,
                "the archive uses a feature that this program does not know (reserved bits in its header)",
                "use a newer puredump");
        }

        long created = BinaryPrimitives.ReadInt64LittleEndian(source[CreatedOffset..]);
        bool isTime = created > 0 && created < (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return new ArchiveHeader(
            (flags & DeterministicFlag) == 0 && isTime ? DateTime.UnixEpoch.AddMicroseconds(created) : null,
            isOfGlobals ? MemberKind.Globals : isMember ? MemberKind.Database : null);
    }

    private static string? Recognize(ReadOnlySpan<byte> source) =>
        source.StartsWith("PGDMP"u8) ? "it is an archive of pg_dump's custom format, which is not available yet"
        : source.StartsWith("toc.dat\0"u8) ? "it is an archive of pg_dump's tar format, which is not available yet"
        : source.StartsWith("--"u8) ? "it looks like an SQL script; puredump restore runs it"
        : source.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) ? "it is compressed with gzip; decompress it first"
        : null;
}
