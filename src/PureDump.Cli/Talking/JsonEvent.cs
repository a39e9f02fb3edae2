using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Talking;

/// <summary>
/// One JSON object on one line. Every one has a <c>version</c>, which changes when a field changes its meaning or goes;
/// new fields may come at any time.
/// </summary>
internal static class JsonEvent
{
    /// <summary>The version of all objects.</summary>
    public const int Version = 1;

    // Names are not only ASCII; escaping the rest is for JSON inside HTML.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an event.</summary>
    /// <param name="output">Where to; gets the whole line in one call.</param>
    /// <param name="name">What happened.</param>
    /// <param name="writeFields">Writes the fields.</param>
    public static void Write(TextWriter output, string name, Action<Utf8JsonWriter> writeFields) => WriteObject(output, fields =>
    {
        fields.WriteString("event", name);
        writeFields(fields);
    });

    /// <summary>Writes an object that is no event.</summary>
    public static void WriteObject(TextWriter output, Action<Utf8JsonWriter> writeFields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var fields = new Utf8JsonWriter(buffer, s_options))
        {
            fields.WriteStartObject();
            fields.WriteNumber("version", Version);
            writeFields(fields);
            fields.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n");
    }

    /// <summary>Writes the fields that tell an entry.</summary>
    public static void WriteEntry(Utf8JsonWriter fields, TocEntry entry)
    {
        fields.WriteNumber("id", entry.Id.Value);
        fields.WriteString("kind", entry.Kind);
        fields.WriteString("schema", entry.Schema);
        fields.WriteString("name", entry.Name);
    }

    /// <summary>Writes the fields that tell an error.</summary>
    public static void WriteError(Utf8JsonWriter fields, PureDumpException error)
    {
        fields.WriteString("error", KebabCase(error.Kind.ToString()));
        fields.WriteNumber("exitCode", ErrorTable.ExitCode(error.Kind));
        fields.WriteString("message", error.Message);
        fields.WriteString("hint", error.Hint);
        fields.WriteString("sqlState", error.SqlState);
    }

    private static string KebabCase(string name)
    {
        var result = new StringBuilder();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && result.Length > 0)
            {
                result.Append('-');
            }

            result.Append(char.ToLowerInvariant(letter));
        }

        return result.ToString();
    }
}
