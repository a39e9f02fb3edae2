using PureDump.Storage;

namespace PureDump.Tests.Storage;

/// <summary>The store that other tests use is one.</summary>
public sealed class MemoryStoreTests : BlobStoreConformance
{
    private protected override IBlobStore Open() => new MemoryStore();
}
