using System.Runtime.InteropServices;
using System.Text;

namespace PureDump.Cli.Terminals;

/// <summary>The streams, the environment and the terminal of this process.</summary>
internal static partial class ProcessSurroundings
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>What is around this process.</summary>
    public static Surroundings Of(CancellationToken cancellation) => new()
    {
        Input = new DescriptorStream(StandardInput, "standard input", cancellation),
        Output = new DescriptorStream(StandardOutput, "standard output", cancellation),
        Error = new TalkOutput(OpenError()),
        Environment = ProcessText.Variable,
        InputIsTerminal = IsTerminal(StandardInput) != 0,
        OutputIsTerminal = IsTerminal(StandardOutput) != 0,
        ErrorIsTerminal = IsTerminal(StandardError) != 0 && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
        TerminalSize = ReadSize,
        AskPassword = prompt => PasswordPrompt.Ask(prompt, isShown: false, () => null, cancellation),
        AskLine = prompt => PasswordPrompt.Ask(prompt, isShown: true, () => AskStandardInput(prompt, cancellation), cancellation),
        Cancellation = cancellation,
    };

    private static StreamWriter OpenError() =>
        new(new DescriptorStream(StandardError, "standard error", CancellationToken.None) { IgnoresErrors = true }, new UTF8Encoding(false))
        {
            AutoFlush = true,
            NewLine = "\n",
        };

    /// <summary>
    /// Standard error, beside one that another thread may be writing to; a terminal gets back the cursor that a progress display
    /// takes away.
    /// </summary>
    public static TalkOutput OpenErrorAnew()
    {
        StreamWriter error = OpenError();
        if (IsTerminal(StandardError) != 0)
        {
            error.Write("\e[?25h");
        }

        return new TalkOutput(error);
    }

    // Where there is no terminal, as the clients of PostgreSQL do (sprompt.c, simple_prompt_extended).
    private static string? AskStandardInput(string prompt, CancellationToken cancellation)
    {
        using var error = new DescriptorStream(StandardError, "standard error", CancellationToken.None) { IgnoresErrors = true };
        using var input = new DescriptorStream(StandardInput, "standard input", cancellation);
        error.Write(Encoding.UTF8.GetBytes(ShownText.Line(prompt)));
        return PasswordPrompt.ReadLine(input);
    }

    private static (int Width, int Height) ReadSize()
    {
        // struct winsize: rows and columns, then pixels (asm-generic/termios.h).
        const nuint getWindowSize = 0x5413;
        Span<ushort> size = stackalloc ushort[4];
        bool isKnown = ReadWindow(StandardError, getWindowSize, size) == 0 && size[0] > 0 && size[1] > 0;
        return isKnown ? (size[1], size[0]) : (80, 24);
    }

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int ReadWindow(int descriptor, nuint request, Span<ushort> size);
}
