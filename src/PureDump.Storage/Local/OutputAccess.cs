namespace PureDump.Storage.Local;

/// <summary>Whose a written file is.</summary>
/// <remarks>
/// Under the names of PostgreSQL's clients a file is replaced only where nobody can tell it from the one that was there: same owner,
/// group, mode, attributes, one name: pg_dump writes into what is there; so what is there stays until the new one is whole, and else until
/// the first byte comes, with a part of the script in it after a failure, as pg_dump leaves it.
/// </remarks>
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
