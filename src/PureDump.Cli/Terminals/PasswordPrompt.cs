using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Cli.Terminals;

/// <summary>Asks for a password, or for another line, at the terminal of the process, wherever its standard streams go.</summary>
internal static partial class PasswordPrompt
{
    private const string Terminal = "/dev/tty";
    private const int LengthMax = 1 << 16;

    // struct termios on Linux: four words of flags, of which the fourth holds ECHO (asm-generic/termbits.h).
    private const int SettingsSize = 128;
    private const int LocalFlags = 3;
    private const uint Echo = 8;
    private const int WhenFlushed = 2;

    /// <summary>Shows the text and reads a line, which is shown or not. Null at the end of the terminal.</summary>
    /// <param name="prompt">The text.</param>
    /// <param name="isShown">What is typed is shown.</param>
    /// <param name="otherwise">Gives the answer where there is no terminal.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="PureDumpException">Interrupted (<see cref="ErrorKind.Cancelled"/>).</exception>
    public static string? Ask(string prompt, bool isShown, Func<string?> otherwise, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            return otherwise();
        }

        SafeFileHandle terminal;
        try
        {
            terminal = File.OpenHandle(Terminal, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No terminal, nobody to ask: the login then fails for want of a password, and says so.
            return otherwise();
        }

        using (terminal)
        {
            return Ask(prompt, isShown, (int)terminal.DangerousGetHandle(), cancellation);
        }
    }

    private static string? Ask(string prompt, bool isShown, int terminal, CancellationToken cancellation)
    {
        using var stream = new DescriptorStream(terminal, Terminal, cancellation);
        Span<uint> settings = stackalloc uint[SettingsSize / sizeof(uint)];
        bool isKnown = !isShown && ReadSettings(terminal, ref MemoryMarshal.GetReference(settings)) == 0;
        uint flags = settings[LocalFlags];
        if (isKnown)
        {
            settings[LocalFlags] = flags & ~Echo;
            _ = WriteSettings(terminal, WhenFlushed, ref MemoryMarshal.GetReference(settings));
        }

        try
        {
            stream.Write(Encoding.UTF8.GetBytes(ShownText.Line(prompt)));
            return ReadLine(stream);
        }
        catch (OperationCanceledException e)
        {
            throw new PureDumpException(ErrorKind.Cancelled, "interrupted while asking for an answer", null, e);
        }
        finally
        {
            if (isKnown)
            {
                settings[LocalFlags] = flags;
                _ = WriteSettings(terminal, WhenFlushed, ref MemoryMarshal.GetReference(settings));
            }

            // What was typed unseen had no line feed to be seen.
            stream.Write(isShown ? ""u8 : "\n"u8);
        }
    }

    /// <summary>Reads a line and not a byte beyond it; null where the stream has ended.</summary>
    public static string? ReadLine(Stream stream)
    {
        var line = new List<byte>();
        Span<byte> one = stackalloc byte[1];
        while (line.Count < LengthMax)
        {
            if (stream.Read(one) == 0)
            {
                return line.Count == 0 ? null : TypedText.Decode(CollectionsMarshal.AsSpan(line));
            }

            if (one[0] is (byte)'\n' or (byte)'\r')
            {
                break;
            }

            line.Add(one[0]);
        }

        return TypedText.Decode(CollectionsMarshal.AsSpan(line));
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int ReadSettings(int descriptor, ref uint settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int WriteSettings(int descriptor, int when, ref uint settings);
}
