namespace PureDump.Storage.Local;

/// <summary>A file or directory that is written and has not got its name yet.</summary>
internal interface IStagedOutput
{
    /// <summary>Removes it, from whatever thread.</summary>
    void Remove();
}
