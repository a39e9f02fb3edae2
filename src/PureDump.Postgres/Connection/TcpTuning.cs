namespace PureDump.Postgres.Connection;

/// <summary>libpq's keepalive options. A null leaves the operating system's value.</summary>
/// <param name="KeepAlive">Whether dead peers are looked for at all.</param>
/// <param name="IdleSeconds">Seconds of silence before the first probe.</param>
/// <param name="IntervalSeconds">Seconds between probes.</param>
/// <param name="Count">Probes without an answer before the connection counts as lost.</param>
/// <param name="UserTimeoutMs">Milliseconds that sent data may stay unacknowledged.</param>
internal sealed record TcpTuning(
    bool KeepAlive = true,
    int? IdleSeconds = null,
    int? IntervalSeconds = null,
    int? Count = null,
    int? UserTimeoutMs = null);
