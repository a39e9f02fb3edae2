using PureDump.Formats.Errors;
using PureDump.Formats.Sql;

namespace PureDump.Formats.Script;

/// <summary>psql's <c>\connect</c> to a database of any name (fe_utils/string_utils.c, appendPsqlMetaConnect).</summary>
internal static class ConnectCommand
{
    /// <summary>The command, with a line feed behind it. A name that psql could take for several words, or for a connection string, is
    /// handed over as one.</summary>
    /// <exception cref="PureDumpException">As for <see cref="Check"/>.</exception>
    public static string Of(string database)
    {
        Check(database);
        return database.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')
            ? $"\\connect {SqlText.Name(database)}\n"
            : $"\\encoding SQL_ASCII\n\\connect -reuse-previous=on "
                + $"\"{Conninfo(database).Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n";
    }

    /// <summary>Makes sure that a script can connect to a database of that name: a command ends with its line, and what follows would be
    /// commands of their own.</summary>
    /// <param name="database">The name.</param>
    /// <param name="fault">What it lacks, in the words of the client that the program stands for.</param>
    /// <exception cref="PureDumpException">There is a line break in it (<see cref="ErrorKind.Catalog"/>).</exception>
    public static void Check(string database, string fault = "database name contains a newline or carriage return")
    {
        if (database.AsSpan().ContainsAny('\n', '\r'))
        {
            throw new PureDumpException(
                ErrorKind.Catalog,
                $"database name contains a newline or carriage return: \"{SqlText.OneLine(database)}\"",
                "no script can connect to it; rename it")
            {
                ClientText = $"{fault}: \"{database}\"",
            };
        }
    }

    private static string Conninfo(string database) =>
        $"dbname='{database.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
