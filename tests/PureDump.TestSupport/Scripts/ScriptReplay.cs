using System.IO.Compression;
using Npgsql;

namespace PureDump.TestSupport;

/// <summary>
/// Replays a psql script over Npgsql, statement by statement, into the one database it is connected to. Statements that
/// create, drop or enter a database are left out, and so is what only servers long gone lacked (language plpgsql) or
/// what names a role the server does not have (OWNER TO postgres on a server given by PG* variables).
/// </summary>
internal static class ScriptReplay
{
    /// <exception cref="InvalidOperationException">A statement failed; names it.</exception>
    public static void Run(NpgsqlConnection connection, string path)
    {
        var script = new SqlScript(ReadText(path));
        var hasPostgresRole = (bool)Scalar(connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'postgres')");
        while (script.NextStatement() is { } statement)
        {
            if (IsLeftOut(statement, hasPostgresRole, connection.PostgreSqlVersion.Major))
            {
                continue;
            }

            try
            {
                Send(connection, script, statement);
            }
            catch (PostgresException failure)
            {
                throw new InvalidOperationException(
                    $"{path}: {failure.MessageText}\n{statement[..Math.Min(statement.Length, 500)]}",
                    failure);
            }

            script.StandardConformingStrings = connection.PostgresParameters["standard_conforming_strings"] == "on";
        }
    }

    private static void Send(NpgsqlConnection connection, SqlScript script, string statement)
    {
        if (!SqlScript.IsCopyFromScript(statement))
        {
            using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            command.ExecuteNonQuery();
            return;
        }

        using var import = connection.BeginTextImport(statement);
        foreach (var line in script.CopyLines())
        {
            import.Write(line);
            import.Write('\n');
        }
    }

    private static bool IsLeftOut(string statement, bool hasPostgresRole, int major) =>
        statement.StartsWith("DROP DATABASE", StringComparison.OrdinalIgnoreCase)
        || statement.StartsWith("CREATE DATABASE", StringComparison.OrdinalIgnoreCase)
        || statement.Equals("CREATE PROCEDURAL LANGUAGE plpgsql", StringComparison.OrdinalIgnoreCase)
        // From 19 on they are always on; in the samples no backslash stands in a literal.
        || (major >= 19 && statement is "SET standard_conforming_strings = off" or "SET escape_string_warning = off")
        || (!hasPostgresRole && statement.EndsWith("OWNER TO postgres", StringComparison.OrdinalIgnoreCase));

    private static string ReadText(string path)
    {
        using Stream file = File.OpenRead(path);
        using var plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }

    private static object Scalar(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar()!;
    }
}
