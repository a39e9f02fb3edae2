using System.Text;
using PureDump.Formats.Errors;
using PureDump.Postgres.Wire;
using Xunit;

namespace PureDump.Tests.Wire;

/// <summary>Where the server says the session stands is what was expected, or the statement has failed.</summary>
public sealed class TransactionStateTests
{
    [Theory]
    [InlineData('T', "CREATE TABLE", "in a transaction after the statement")]
    [InlineData('E', "CREATE TABLE", "in a failed transaction after the statement")]
    [InlineData('T', "BEGIN", "BEGIN is not allowed here")]
    [InlineData('I', "COMMIT", "COMMIT is not allowed here")]
    [InlineData('I', "ROLLBACK", "ROLLBACK is not allowed here")]
    [InlineData('I', "PREPARE TRANSACTION", "PREPARE TRANSACTION is not allowed here")]
    public void A_statement_that_leaves_a_transaction_has_failed_and_it_is_rolled_back(char state, string tag, string told)
    {
        var received = new List<string>();
        using FakeServer server = Serve(received, [(tag, state), ("ROLLBACK", 'I')]);
        using (WireConnection connection = Open(server))
        {
            PureDumpException error = Assert.Throws<PureDumpException>(() => connection.Execute("x"));

            Assert.Equal(ErrorKind.Server, error.Kind);
            Assert.Contains(told, error.Message, StringComparison.Ordinal);
            Assert.Equal(TransactionState.Idle, connection.TransactionState);
        }

        Assert.Equal(state == 'I' ? ["x"] : ["x", "ROLLBACK"], received);
    }

    [Theory]
    [InlineData('I', "COMMIT")]
    [InlineData('I', "ROLLBACK")]
    [InlineData('I', "CREATE TABLE")]
    public void A_statement_that_ends_the_transaction_it_stands_in_says_what_went_with_it(char state, string tag)
    {
        var received = new List<string>();
        using FakeServer server = Serve(received, [("BEGIN", 'T'), (tag, state)]);
        using WireConnection connection = Open(server);
        connection.Execute("BEGIN", TransactionState.InTransaction);

        Assert.Contains(
            "with it the transaction ended",
            Assert.Throws<PureDumpException>(() => connection.Execute("x")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ROLLBACK", 'T', 'I')]
    [InlineData("COMMIT", 'I', 'I')]
    public void A_commit_of_nothing_is_an_error(string tag, char before, char after)
    {
        var received = new List<string>();
        using FakeServer server = Serve(received, before == 'T' ? [("BEGIN", 'T'), (tag, after)] : [(tag, after)]);
        using WireConnection connection = Open(server);
        if (before == 'T')
        {
            connection.Execute("BEGIN", TransactionState.InTransaction);
        }

        Assert.Contains(
            "nothing could be committed",
            Assert.Throws<PureDumpException>(connection.Commit).Message,
            StringComparison.Ordinal);
    }

    private static WireConnection Open(FakeServer server) =>
        new(HostSearch.Open(server.Target(), StartupParameters.None, CancellationToken.None));

    private static FakeServer Serve(List<string> received, (string Tag, char State)[] answers) => new(stream =>
    {
        _ = FakeServer.ReadStartup(stream);
        stream.Write(FakeServer.Welcome());
        foreach ((string tag, char state) in answers)
        {
            if (stream.ReadByte() != 'Q')
            {
                return;
            }

            received.Add(Encoding.UTF8.GetString(FakeServer.ReadStartup(stream)).TrimEnd('\0'));
            stream.Write([.. FakeServer.Message('C', [.. Encoding.ASCII.GetBytes(tag), 0]), .. FakeServer.Message('Z', (byte)state)]);
        }
    });
}
