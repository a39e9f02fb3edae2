using PureDump.TestSupport;

namespace PureDump.Soak.Interruptions;

/// <summary>A restore of an archive, which lies in a file or comes through a pipe.</summary>
internal sealed class RestoreCommand(Surroundings surroundings, bool isPipe, int jobs) : TransferCommand(surroundings)
{
    public override string Name => $"restore -j {jobs}{(isPipe ? " < pipe" : "")}";

    public override bool HasSource => false;

    public override bool HasTarget => true;

    public override TransferTarget MakeTarget(bool isThere) => new DatabaseTarget(Surroundings);

    public override PureDumpProcess Start(TransferTarget target, Route source, Route into, bool isAgain)
    {
        string[] clean = isAgain ? ["-c", "--if-exists"] : [];
        PureDumpProcess restore = PureDumpProcess.Start(
            [
                "restore", .. WordsOf(into), "-d", ((DatabaseTarget)target).Name, "-j", $"{jobs}", .. clean,
                isPipe ? "-" : Surroundings.Archive,
            ],
            Surroundings.Server.Password);
        if (isPipe)
        {
            new Thread(() => Feed(restore.Input)) { IsBackground = true, Name = "pipe" }.Start();
        }

        return restore;
    }

    private void Feed(Stream pipe)
    {
        try
        {
            using FileStream archive = File.OpenRead(Surroundings.Archive);
            archive.CopyTo(pipe);
            pipe.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The run has ended before its input did: that is what is tried.
        }
    }
}
