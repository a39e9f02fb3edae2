using Npgsql;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Connection;

/// <summary>
/// Npgsql connections to the very server a connection of the wire found, with the same login and the same TLS rules.
/// </summary>
internal static class NpgsqlConnector
{
    // Each time the buffer is empty a thread of the pool is woken: with 8 KiB that was a fifth of the CPU of a large catalog.
    private const int ReadBufferSize = 1 << 18;

    // Npgsql takes no longer one; 0 is none at all.
    private const int TimeoutSecondsMax = 1024;

    // Npgsql finds the encoding of its texts by name.
    static NpgsqlConnector() => TextEncoding.Register();

    /// <summary>The source of such connections; none is made yet. They are to be opened by the blocking calls.</summary>
    /// <param name="target">Who, and with which options. A password that was prompted for is known by now, for the wire came first.</param>
    /// <param name="server">Where to.</param>
    /// <param name="encoding">Of all text, by the server's name for it.</param>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/>: a TLS file that cannot be used.</exception>
    public static NpgsqlDataSource Create(ConnectionTarget target, ResolvedServer server, string encoding)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(Settings(target, server, encoding).ConnectionString);
        builder.EnableArrays();

        // Catalog queries use nothing but built-in types and cast the odd ones to text, so there is nothing to ask the
        // server about.
        builder.ConfigureTypeLoading(static loading => loading.EnableTypeLoading(false));
        if (server.IsTls)
        {
            TlsRules rules = TlsRules.Load(target, server.Host);
            builder.EnableTransportSecurity();
            builder.UseSslClientAuthenticationOptionsCallback(options => rules.Apply(options, static _ => { }));
        }

        return builder.Build();
    }

    private static NpgsqlConnectionStringBuilder Settings(ConnectionTarget target, ResolvedServer server, string encoding)
    {
        TargetHost host = server.Host;
        return new NpgsqlConnectionStringBuilder
        {
            Host = server.Address?.ToString() ?? host.Name,
            Port = host.Port,
            Username = target.User,
            Database = target.Database,
            Password = target.KnownPassword(host),
            ApplicationName = target.ApplicationName,
            ClientEncoding = encoding,
            Encoding = TextEncoding.Of(encoding).WebName,
            Options = target.Options,
            Timeout = (int)Math.Min(target.ConnectTimeout?.TotalSeconds ?? 0, TimeoutSecondsMax),
            CommandTimeout = 0,
            SslMode = server.IsTls ? Npgsql.SslMode.Require : Npgsql.SslMode.Disable,
            SslNegotiation = server.IsTls && target.SslNegotiation == SslNegotiation.Direct
                ? Npgsql.SslNegotiation.Direct
                : Npgsql.SslNegotiation.Postgres,
            ChannelBinding = target.ChannelBinding switch
            {
                ChannelBinding.Disable => Npgsql.ChannelBinding.Disable,
                ChannelBinding.Require => Npgsql.ChannelBinding.Require,
                _ => Npgsql.ChannelBinding.Prefer,
            },
            GssEncryptionMode = GssEncryptionMode.Disable,
            TargetSessionAttributes = "any",
            TcpKeepAlive = target.Tcp.KeepAlive,
            Pooling = false,
            Multiplexing = false,
            Enlist = false,
            NoResetOnClose = true,
            MaxAutoPrepare = 0,
            ReadBufferSize = ReadBufferSize,
            IncludeErrorDetail = true,
        };
    }
}
