namespace PureDump.Storage.Local;

/// <summary>Whose a written file is.</summary>
internal enum OutputAccess
{
    /// <summary>Its owner's alone. It takes the place of what has its name.</summary>
    Private,

    /// <summary>
    /// As the C library opens files for PostgreSQL's own clients: a new one has the mode that the umask leaves, and one that is there
    /// keeps its mode, its owner and all its names.
    /// </summary>
    Umask,
}
