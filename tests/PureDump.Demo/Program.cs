using PureDump.Demo;

// A first Ctrl-C ends the demonstration between two steps, so that its server and its files go away; the programs it runs
// get the signal themselves.
using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = !interruption.IsCancellationRequested;
    interruption.Cancel();
};

var narration = new Narration(interruption.Token);
try
{
    return Demonstration.Run(narration) ? 0 : 1;
}
catch (OperationCanceledException) when (interruption.IsCancellationRequested)
{
    Console.Error.WriteLine("interrupted");
    return 130;
}
catch (Exception failure)
{
    Console.Error.WriteLine($"the demonstration failed: {failure.Message}");
    return 1;
}
