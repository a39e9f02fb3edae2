using System.Globalization;
using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Formats.PgArchive;

/// <summary>Reads the list of large objects of a directory or tar: a line <c>OID FILE</c> each.</summary>
/// <param name="input">Is disposed of with this.</param>
internal sealed class LargeObjectListReader(PgArchiveInput input) : IDisposable
{
    /// <summary>The next line; false where there is no other.</summary>
    /// <param name="oid">Not 0.</param>
    /// <param name="fileName">Checked: nothing but a name.</param>
    public bool Read(out uint oid, out string fileName)
    {
        (oid, fileName) = (0, "");
        if (input.IsAtEnd)
        {
            return false;
        }

        var line = new StringBuilder();
        while (!input.IsAtEnd)
        {
            byte next = input.Byte("list of large objects");
            if (next == '\n')
            {
                break;
            }

            line.Append((char)next);
            if (line.Length > PgArchiveLimits.LargeObjectLineMax)
            {
                throw input.Damaged($"a line is longer than {PgArchiveLimits.LargeObjectLineMax} bytes");
            }
        }

        string text = line.ToString();
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0 || !uint.TryParse(text.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out oid) || oid == 0)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{input.Name} is damaged: it has a line that does not name a large object and its file");
        }

        fileName = ArchiveFileNames.Checked(text[(blank + 1)..], input.Name);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => input.Dispose();
}
