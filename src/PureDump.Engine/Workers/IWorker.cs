namespace PureDump.Engine.Workers;

/// <summary>What one thread at a time works with.</summary>
internal interface IWorker : IDisposable
{
    /// <summary>Cuts off whatever the worker is waiting for, from another thread. Throws nothing.</summary>
    void Abort();
}
