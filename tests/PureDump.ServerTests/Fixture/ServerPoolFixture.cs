using PureDump.TestSupport;

[assembly: AssemblyFixture(typeof(PureDump.ServerTests.Fixture.ServerPoolFixture))]

namespace PureDump.ServerTests.Fixture;

/// <summary>Stops the shared servers when the last test of the run is done.</summary>
public sealed class ServerPoolFixture : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => ServerPool.Clear();
}
