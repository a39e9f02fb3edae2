namespace PureDump.Storage;

/// <summary>What a store says of a blob.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Tag">Another one whenever the name gets other contents; its text is the store's own.</param>
/// <param name="Modified">When it appeared, by the store's clock.</param>
internal sealed record BlobInfo(BlobName Name, long Length, string Tag, DateTimeOffset Modified);
