using System.Buffers;
using System.Text;
using PureDump.Formats.Pg;

namespace PureDump;

/// <summary>Cuts COPY's text into rows, and takes its backslashes away (copyfromparse.c, CopyReadAttributesText).</summary>
/// <param name="columnCount">How many values a row has.</param>
/// <param name="encoding">Of the text, by PostgreSQL's name.</param>
internal sealed class RowLines(int columnCount, string encoding)
{
    private readonly Encoding _encoding = TextEncoding.Of(encoding);
    private readonly ClientCharacters? _characters = ClientCharacters.Of(encoding);

    // Bytes of the text that hold no line feed: of a long row, what came before is not looked at again.
    private int _lookedAtLength;

    /// <summary>Where the text is put: whole lines, or what a later call ends.</summary>
    public ArrayBufferWriter<byte> Text { get; private set; } = new();

    /// <summary>The rows of all whole lines; what is behind the last stays.</summary>
    /// <exception cref="PureDumpException">A line has other values (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public List<ArchiveRow> Take()
    {
        var rows = new List<ArchiveRow>();
        ReadOnlySpan<byte> text = Text.WrittenSpan;
        for (int end; (end = text[_lookedAtLength..].IndexOf((byte)'\n')) >= 0; _lookedAtLength = 0)
        {
            int length = _lookedAtLength + end;
            rows.Add(RowOf(text[..length]));
            text = text[(length + 1)..];
        }

        _lookedAtLength = text.Length;
        if (rows.Count > 0)
        {
            // What a long row has made large is not kept behind it.
            var rest = new ArrayBufferWriter<byte>(text.Length + 1);
            rest.Write(text);
            Text = rest;
        }

        return rows;
    }

    private ArchiveRow RowOf(ReadOnlySpan<byte> line)
    {
        byte[] bytes = new byte[line.Length];
        var values = new Range?[columnCount];
        int column = 0;
        int length = 0;
        int begin = 0;
        bool isNull = false;
        for (int at = 0; at < line.Length; at++)
        {
            byte next = line[at];
            if (_characters is not null && next >= 0x80)
            {
                // The second byte of a character may look like a backslash.
                int size = Math.Clamp(_characters.Length(line[at..], isLast: true), 1, line.Length - at);
                line.Slice(at, size).CopyTo(bytes.AsSpan(length));
                length += size;
                at += size - 1;
            }
            else if (next == '\t')
            {
                End();
            }
            else if (next == '\\' && at + 1 < line.Length)
            {
                at++;
                isNull = line[at] == 'N' && length == begin;
                bytes[length++] = Meant(line[at]);
            }
            else
            {
                bytes[length++] = next;
            }
        }

        if (columnCount > 0 || line.Length > 0)
        {
            End();
        }

        return column == columnCount ? new ArchiveRow(bytes, values, _encoding) : throw Damaged(column);

        void End()
        {
            if (column < columnCount)
            {
                values[column] = isNull && length == begin + 1 ? null : begin..length;
            }

            column++;
            begin = length;
            isNull = false;
        }
    }

    private static byte Meant(byte escaped) => escaped switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'v' => (byte)'\v',
        _ => escaped,
    };

    private PureDumpException Damaged(int count) =>
        new(ErrorKind.ArchiveDamaged, $"a row has {count} values, the table {columnCount} columns");
}
