using PureDump.Engine.Sinks;
using PureDump.Formats.Entries;

namespace PureDump.Tests.Transfer;

public sealed class TransactionCommandsTests
{
    [Theory]
    [InlineData("COMMIT;", "COMMIT")]
    [InlineData("COMMENT ON TABLE a IS 'x';\ncommit and chain;", "COMMIT")]
    [InlineData("SELECT 1; COMMIT; BEGIN;", "COMMIT")]
    [InlineData("/* a /* b */ c */ -- d\n ;; rollback and chain", "ROLLBACK")]
    [InlineData("END", "END")]
    [InlineData("Abort;", "ABORT")]
    [InlineData("START TRANSACTION;", "START")]
    [InlineData("BEGIN ISOLATION LEVEL SERIALIZABLE;", "BEGIN")]
    [InlineData("SAVEPOINT a;", "SAVEPOINT")]
    [InlineData("RELEASE a;", "RELEASE")]
    [InlineData("PREPARE\n TRANSACTION 'a';", "PREPARE")]
    [InlineData("COMMIT PREPARED 'a';", "COMMIT")]
    public void A_command_about_the_transaction_is_found(string sql, string word) => Assert.Equal(word, Found(sql));

    [Theory]
    [InlineData("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$BEGIN; COMMIT; END$$;")]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;")]
    [InlineData("COMMENT ON TABLE a IS 'x; COMMIT; y';")]
    [InlineData("CREATE TABLE commit (\"begin\" integer, abort text);")]
    [InlineData("ALTER TABLE a SET (x = 1); -- COMMIT;\n")]
    [InlineData("PREPARE transaction_like AS SELECT 1;")]
    [InlineData("committed;")]
    [InlineData("")]
    public void What_only_looks_like_one_is_not(string sql) => Assert.Null(Found(sql));

    private static string? Found(string sql) =>
        TransactionCommands.Find(
            sql,
            new DumpOrigin
            {
                Encoding = "UTF8",
                StandardConformingStrings = true,
                Database = "shop",
                Producer = "test",
                ServerVersion = "18.0",
                ServerVersionNumber = 180000,
            });
}
