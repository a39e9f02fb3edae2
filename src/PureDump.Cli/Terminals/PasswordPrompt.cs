using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Terminals;

/// <summary>Asks for a password at the terminal of the process, wherever its standard streams go.</summary>
internal static partial class PasswordPrompt
{
    private const string Terminal = "/dev/tty";
    private const int LengthMax = 1 << 16;

    // struct termios on Linux: four words of flags, of which the fourth holds ECHO (asm-generic/termbits.h).
    private const int SettingsSize = 128;
    private const int LocalFlags = 3;
    private const uint Echo = 8;
    private const int WhenFlushed = 2;

    /// <summary>Shows the text and reads a line without showing it. Null where there is no terminal.</summary>
    /// <exception cref="PureDumpException">Interrupted (<see cref="ErrorKind.Cancelled"/>).</exception>
    public static string? Ask(string prompt, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        SafeFileHandle terminal;
        try
        {
            terminal = File.OpenHandle(Terminal, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No terminal, nobody to ask: the login then fails for want of a password, and says so.
            return null;
        }

        using (terminal)
        {
            return Ask(prompt, (int)terminal.DangerousGetHandle(), cancellation);
        }
    }

    private static string Ask(string prompt, int terminal, CancellationToken cancellation)
    {
        using var stream = new DescriptorStream(terminal, Terminal, cancellation);
        Span<uint> settings = stackalloc uint[SettingsSize / sizeof(uint)];
        bool isKnown = ReadSettings(terminal, ref MemoryMarshal.GetReference(settings)) == 0;
        uint flags = settings[LocalFlags];
        if (isKnown)
        {
            settings[LocalFlags] = flags & ~Echo;
            _ = WriteSettings(terminal, WhenFlushed, ref MemoryMarshal.GetReference(settings));
        }

        try
        {
            stream.Write(Encoding.UTF8.GetBytes(prompt));
            return ReadLine(stream);
        }
        catch (OperationCanceledException e)
        {
            throw new PureDumpException(ErrorKind.Cancelled, "interrupted while asking for a password", null, e);
        }
        finally
        {
            if (isKnown)
            {
                settings[LocalFlags] = flags;
                _ = WriteSettings(terminal, WhenFlushed, ref MemoryMarshal.GetReference(settings));
            }

            stream.Write("\n"u8);
        }
    }

    private static string ReadLine(DescriptorStream stream)
    {
        var line = new List<byte>();
        Span<byte> one = stackalloc byte[1];
        while (line.Count < LengthMax && stream.Read(one) == 1 && one[0] is not ((byte)'\n' or (byte)'\r'))
        {
            line.Add(one[0]);
        }

        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(line));
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int ReadSettings(int descriptor, ref uint settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int WriteSettings(int descriptor, int when, ref uint settings);
}
