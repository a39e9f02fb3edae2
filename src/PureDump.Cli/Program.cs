using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;

namespace PureDump.Cli;

/// <summary>The executable.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        StaticRuntime.Prepare();
        SystemTrustStore.LeaveUnloaded();
        IReadOnlyList<string> words = args;
        try
        {
            words = CommandLine.Called(Environment.GetCommandLineArgs()[0], ProcessText.Arguments(args));
        }
        catch (PureDumpException e)
        {
            return CommandLine.Report(e, args, ProcessSurroundings.OpenErrorAnew());
        }

        using var interruption = new Interruption(
            CommandLine.ExitCode(words, ErrorKind.Cancelled),
            () => CommandLine.Report(CommandLine.Interrupted(), words, ProcessSurroundings.OpenErrorAnew()));
        Surroundings surroundings = ProcessSurroundings.Of(interruption.Token);
        try
        {
            return CommandLine.Run(words, surroundings);
        }
        catch (Exception e)
        {
            var error = new PureDumpException(
                ErrorKind.Internal,
                $"an unexpected error: {e.Message}",
                "this is a fault of puredump; please report it with what follows",
                e);
            ErrorReport.Write(error, isJson: false, surroundings.Error);
            return ErrorTable.ExitCode(ErrorKind.Internal);
        }
    }
}
