using PureDump.Cli;
using PureDump.Cli.Terminals;
using PureDump.Formats.Errors;
using Xunit;

namespace PureDump.Tests.Cli;

/// <summary>A machine that gives no more memory or threads is told as that, wherever it shows, and not as a fault of the program.</summary>
public sealed class MachineErrorTests
{
    public static TheoryData<Exception, bool> Causes { get; } = new()
    {
        { new OutOfMemoryException(), true },
        { new InsufficientMemoryException(), true },
        { new TaskSchedulerException(new OutOfMemoryException()), true },
        { new AggregateException(new TaskSchedulerException(new OutOfMemoryException())), true },
        { new InvalidOperationException("x", new IOException()), false },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public void It_is_found_among_the_causes(Exception exception, bool isFound) =>
        Assert.Equal(isFound ? ErrorKind.File : null, MachineErrors.Find(exception)?.Kind);

    /// <summary>Something of the run asks for what is not there; here, the question for the password.</summary>
    [Fact]
    public void A_command_ends_with_the_exit_code_of_the_machine()
    {
        using var error = new StringWriter();
        int exitCode = CommandLine.Run(["dump", "-W", "-h", "/nowhere", "-d", "shop"], new Surroundings
        {
            Input = Stream.Null,
            Output = Stream.Null,
            Error = error,
            Environment = static _ => null,
            AskPassword = static _ => throw new OutOfMemoryException(),
        });

        Assert.Equal(16, exitCode);
        Assert.Contains("the machine gives no more memory or threads", error.ToString(), StringComparison.Ordinal);
    }
}
