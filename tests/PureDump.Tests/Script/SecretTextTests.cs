using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;

namespace PureDump.Tests.Script;

/// <summary>Secrets in statements and messages: whatever holds one, and wherever it is quoted, it is not in what is shown.</summary>
public sealed class SecretTextTests
{
    /// <summary>Texts that a secret may be: of letters, and of what ends a literal, a name or a value that is not looked at
    /// closely.</summary>
    private static readonly string[] s_secrets =
    [
        "s3cretXYZ",
        "s3cret it's XYZ",
        "s3cret\\XYZ",
        "s3cret\"XYZ",
        "s3cret;--XYZ",
        "s3cret$$XYZ",
        "s3cret)XYZ",
        "s3cret/*XYZ",
    ];

    /// <summary>Every kind of statement with a secret; {0} is a literal, {1} the value of a connection string in a literal, {2} one of a
    /// URI.</summary>
    private static readonly string[] s_statements =
    [
        "CREATE USER MAPPING FOR ann SERVER far OPTIONS (\"user\" 'ann', password {0});",
        "CREATE USER MAPPING FOR \"user\" SERVER far OPTIONS (\n    password {0},\n    \"user\" 'ann'\n);",
        "CREATE USER MAPPING FOR ann SERVER far OPTIONS (apikey {0});",
        "CREATE USER MAPPING FOR ann SERVER far OPTIONS (\"what it is called elsewhere\" {0});",
        "ALTER USER MAPPING FOR ann SERVER far OPTIONS (SET password {0}, ADD sslpassword {0}, DROP x);",
        "CREATE SERVER far FOREIGN DATA WRAPPER w OPTIONS (host 'db1', password {0}, port '1');",
        "CREATE SERVER far FOREIGN DATA WRAPPER w OPTIONS (\"Client_Secret\" {0});",
        "ALTER SERVER far OPTIONS (SET aws_secret_access_key {0});",
        "CREATE FOREIGN DATA WRAPPER w OPTIONS (token {0});",
        "CREATE FOREIGN TABLE t (a text OPTIONS (passwd {0})) SERVER far OPTIONS (\"key\" {0});",
        "CREATE ROLE ann LOGIN PASSWORD {0};",
        "CREATE ROLE ann WITH LOGIN ENCRYPTED PASSWORD {0} VALID UNTIL 'infinity';",
        "alter user ann password{0};",
        "ALTER ROLE ann /* it's */ PASSWORD -- don't\n {0};",
        "ALTER ROLE ann SET app.api_token TO {0};",
        "ALTER DATABASE d SET app.secret = {0};",
        "ALTER SYSTEM SET app.passphrase = {0};",
        "SET password = {0};",
        "CREATE SUBSCRIPTION s CONNECTION 'host=db1 password={1} dbname=x' PUBLICATION p;",
        "CREATE SUBSCRIPTION s CONNECTION 'password = {1}' PUBLICATION p;",
        "ALTER SUBSCRIPTION s CONNECTION E'host=db1 password={1}';",
        "ALTER SUBSCRIPTION s CONNECTION 'postgresql://ann:{2}@db1/x?sslmode=require';",
        "ALTER SUBSCRIPTION s CONNECTION 'postgresql://db1/x?password={2}&sslmode=require';",
        "ALTER SYSTEM SET primary_conninfo = 'user=ann password={1}';",
        "SELECT dblink_connect('c', 'host=db1 password={1}');",
        "SELECT * FROM dblink('postgres://ann:{2}@db1,db2:5432/x', 'SELECT 1') AS t(a int);",
        "DO $x$ BEGIN EXECUTE $y$ALTER ROLE ann PASSWORD {0}$y$; END $x$;",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $x$ BEGIN -- isn't\n ALTER ROLE ann PASSWORD {0}; END $x$;",
        "SELECT 'it''s', $$don't$$, \"it's\"; CREATE ROLE b PASSWORD {0};",
    ];

    public static TheoryData<string, string> Kinds
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string statement in s_statements)
            {
                foreach (string secret in s_secrets)
                {
                    if (Filled(statement, secret) is { } sql)
                    {
                        data.Add(sql, secret);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_secret_in_a_statement_is_masked_and_nothing_else(string sql, string secret)
    {
        string masked = SecretText.MaskedStatement(sql);

        AssertHidden(masked, secret);
        Assert.Contains(SecretText.Mask, masked, StringComparison.Ordinal);
        Assert.Equal(sql[..12], masked[..12]);
        Assert.Equal(masked, SecretText.MaskedStatement(masked));
        Assert.DoesNotContain("***ann", masked, StringComparison.Ordinal);
    }

    /// <summary>As a server quotes statements: in the CONTEXT of a function, as the QUERY of one, in a message of somebody's.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_secret_in_a_statement_that_a_message_quotes_is_masked(string sql, string secret)
    {
        foreach (
            string message in (string[])
                [$"SQL statement \"{sql}\"\nPL/pgSQL function f() line 3 at EXECUTE", $"can't run: {sql}", $"COPY t, line 1: \"{sql}\""])
        {
            AssertHidden(SecretText.Masked(message), secret);
            AssertHidden(new PureDumpException(ErrorKind.Server, message, message) { ClientText = message }, secret);
        }

        var report = new ServerReport
        {
            Severity = "ERROR",
            Message = "no",
            InternalQuery = sql,
            InternalPosition = 1,
            Where = $"SQL statement \"{sql}\"",
            Detail = sql,
            Hint = sql,
        };
        AssertHidden(report.Masked(), secret);
    }

    /// <summary>What the server says of a statement may quote any part of it: the secret alone, or the literal.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_a_server_quotes_of_a_statement_is_masked(string sql, string secret)
    {
        string quoted = secret.Replace("'", "''", StringComparison.Ordinal);
        var report = new ServerReport
        {
            Severity = "ERROR",
            Message = $"syntax error at or near \"'{quoted}'\"",
            Detail = $"It is {secret}.",
            Hint = secret,
            Where = secret,
            InternalQuery = quoted,
            Position = 1,
        };
        var error = new PureDumpException(ErrorKind.Server, $"syntax error at or near \"'{quoted}'\" ({secret})", secret)
        {
            Report = report,
            ClientText = secret,
        };

        AssertHidden(error.Of(sql), secret);
        AssertHidden(report.Of(sql), secret);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void With_the_switch_it_is_shown(string sql, string secret)
    {
        using IDisposable showing = SecretText.Showing();

        Assert.Equal(sql, SecretText.MaskedStatement(sql));
        Assert.Equal(sql, SecretText.Masked(sql));
        Assert.Equal(
            sql,
            new PureDumpException(ErrorKind.Server, sql)
            {
                Report = new ServerReport { Severity = "ERROR", Message = secret },
            }
                .Of(sql)
                .Report!.Statement);
    }

    /// <summary>The place that the server names is the same place in what is shown.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_place_of_an_error_moves_along(string sql, string secret)
    {
        _ = secret;
        string marked = $"/* 🐘 */ {sql} SELECT here;";
        int position =
            new System.Globalization.StringInfo(marked[..marked.IndexOf("here", StringComparison.Ordinal)]).LengthInTextElements + 1;
        var report = new ServerReport
        {
            Severity = "ERROR",
            Message = "no",
            Position = position,
        };

        ServerReport masked = report.Of(marked);

        int shownAt = masked.Statement!.IndexOf("here", StringComparison.Ordinal);
        Assert.True(shownAt > 0 || masked.Statement.EndsWith(SecretText.Mask, StringComparison.Ordinal), masked.Statement);
        if (shownAt > 0)
        {
            Assert.Equal(new System.Globalization.StringInfo(masked.Statement[..shownAt]).LengthInTextElements + 1, masked.Position);
        }
    }

    [Theory]
    [InlineData("CREATE TABLE public.users (id integer PRIMARY KEY, password text DEFAULT 'x'::text, key text);")]
    [InlineData("COMMENT ON COLUMN public.users.password IS 'hashed';")]
    [InlineData("SET password_encryption = 'md5';")]
    [InlineData("CREATE USER MAPPING FOR ann SERVER far OPTIONS (\"user\" 'ann', password_required 'false');")]
    [InlineData("CREATE SERVER far FOREIGN DATA WRAPPER w OPTIONS (host 'db1', sslkey '/a/b', extensions 'x');")]
    [InlineData("INSERT INTO t VALUES ('http://host:80/a@b', 'mailto:a@b', 'a:b@c');")]
    [InlineData("ALTER ROLE ann PASSWORD NULL;")]
    [InlineData("duplicate key value violates unique constraint \"users_pkey\" (Key (id)=(1) already exists.)")]
    [InlineData("option --no-password and -W/--password cannot be used together")]
    [InlineData("password authentication failed for user \"ann\"")]
    public void What_is_no_secret_stays(string text)
    {
        Assert.Equal(text, SecretText.MaskedStatement(text));
        Assert.Equal(text, SecretText.Masked(text));
    }

    /// <summary>A statement may be cut anywhere, and hold anything: it is shown, or masked to its end, and nothing is thrown.</summary>
    [Fact]
    public void Cut_and_broken_statements_are_walked_to_their_end()
    {
        const string letters = "'\"$\\;=(:/@*-# \nxE";
        var random = new Random(7);
        string[] words = ["password", "OPTIONS (", "USER MAPPING", "$$", "://", "--", "/*", "*/", "''", "U&'"];
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(
                Enumerable
                    .Range(0, random.Next(16))
                    .Select(_ => random.Next(2) == 0 ? words[random.Next(words.Length)] : letters[random.Next(letters.Length)].ToString()));
            Assert.InRange(SecretText.MaskedStatement(text).Length, 0, text.Length * SecretText.Mask.Length);
            Assert.InRange(SecretText.Masked(text).Length, 0, text.Length * SecretText.Mask.Length);
        }
    }

    // A literal holds anything; the value of a connection string what it can without quotes, that of a URI what it can without escapes.
    private static string? Filled(string statement, string secret)
    {
        bool isPlain = secret.All(char.IsAsciiLetterOrDigit);
        bool isInBody = statement.Contains("$x$", StringComparison.Ordinal);
        if (
            !isPlain
            && ((isInBody && secret.Contains('\'', StringComparison.Ordinal)) || statement.Contains("{2}", StringComparison.Ordinal)))
        {
            return null;
        }

        if (statement.Contains("E'", StringComparison.Ordinal))
        {
            // In such a literal a backslash of the connection string is two.
            secret = secret.Replace("\\", "\\\\", StringComparison.Ordinal);
        }

        string literal = $"'{secret.Replace("'", "''", StringComparison.Ordinal)}'";
        string quote = statement.Contains("E'", StringComparison.Ordinal) ? "\\\\''" : "\\''";
        string escaped = secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", quote, StringComparison.Ordinal);
        string value = isPlain ? secret : $"''{escaped}''";
        return statement
            .Replace("{0}", literal, StringComparison.Ordinal)
            .Replace("{1}", value, StringComparison.Ordinal)
            .Replace("{2}", secret, StringComparison.Ordinal);
    }

    private static void AssertHidden(PureDumpException error, string secret)
    {
        AssertHidden($"{error.Message}\n{error.Hint}\n{error.ClientText}", secret);
        if (error.Report is { } report)
        {
            AssertHidden(report, secret);
        }
    }

    private static void AssertHidden(ServerReport report, string secret) =>
        AssertHidden(
            $"{report.Message}\n{report.Detail}\n{report.Hint}\n{report.InternalQuery}\n{report.Where}\n{report.Statement}",
            secret);

    private static void AssertHidden(string shown, string secret)
    {
        _ = secret;
        Assert.DoesNotContain("s3cret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("XYZ", shown, StringComparison.Ordinal);
    }
}
