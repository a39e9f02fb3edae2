using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using PureDump.TestSupport;

namespace PureDump.ServerTests;

/// <summary>The sample application: a dump as a download, a restore as an upload.</summary>
public sealed class WebSampleTests : IDisposable
{
    private const int RowCount = 60_000;

    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _source;
    private readonly string _target;
    private Process? _sample;
    private HttpClient? _client;

    public WebSampleTests()
    {
        _source = _server.CreateDatabase();
        _target = _server.CreateDatabase();
        _server.Execute(_source, $"""
            CREATE TABLE large (id integer PRIMARY KEY, noise bytea);
            ALTER TABLE large ALTER noise SET STORAGE plain;
            INSERT INTO large SELECT i, decode(repeat(md5(i::text), 50), 'hex') FROM generate_series(1, {RowCount}) i;
            """);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The sample as it was built, and as `dotnet publish -c Release` makes a native executable of it, which any warning
    /// ends.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_download_becomes_an_upload_and_a_slow_client_bounds_what_is_held(bool isNative)
    {
        HttpClient client = Start(isNative);
        using HttpResponseMessage dump =
            await client.GetAsync($"dump/{_source}", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(HttpStatusCode.OK, dump.StatusCode);
        Assert.Equal($"{_source}.pdump", dump.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        using var archive = new MemoryStream();
        await using Stream body = await dump.Content.ReadAsStreamAsync(Cancellation);
        byte[] first = new byte[100_000];
        await body.ReadExactlyAsync(first, Cancellation);
        archive.Write(first);

        // Nobody reads: what the server sends has nowhere to go but into memory, or to wait.
        long before = PeakMemory();
        await Task.Delay(TimeSpan.FromSeconds(2), Cancellation);
        Assert.InRange(PeakMemory() - before, 0, 40L << 20);
        await body.CopyToAsync(archive, Cancellation);
        Assert.InRange(archive.Length, 40L << 20, long.MaxValue);

        archive.Position = 0;
        using HttpResponseMessage restored = await client.PostAsync($"restore/{_target}", new StreamContent(archive), Cancellation);
        Assert.Contains(" 0 failures", await restored.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(
            _server.Scalar(_source, "SELECT count(*) || ' ' || md5(string_agg(md5(noise), '' ORDER BY id)) FROM large"),
            _server.Scalar(_target, "SELECT count(*) || ' ' || md5(string_agg(md5(noise), '' ORDER BY id)) FROM large"));
    }

    [Fact]
    public async Task What_fails_before_a_byte_is_sent_is_an_error_with_its_words()
    {
        HttpClient client = Start(isNative: false);
        using HttpResponseMessage dump = await client.GetAsync("dump/no_such_database", Cancellation);
        Assert.NotEqual(HttpStatusCode.OK, dump.StatusCode);
        Assert.Contains("no_such_database", await dump.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using HttpResponseMessage restore = await client.PostAsync($"restore/{_target}", new StringContent("no archive"), Cancellation);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, restore.StatusCode);
    }

    public void Dispose()
    {
        _client?.Dispose();
        _sample?.Kill(entireProcessTree: true);
        _sample?.WaitForExit();
        _sample?.Dispose();
        _server.DropDatabase(_source);
        _server.DropDatabase(_target);
    }

    private HttpClient Start(bool isNative)
    {
        string built = Repository.PathOf("tests", "PureDump.WebSample", "bin");
        string configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        string native = Path.Combine(built, "Release", "net10.0", RuntimeInformation.RuntimeIdentifier, "publish", "PureDump.WebSample");
        Requirement.That(
            !isNative || File.Exists(native), "no native sample: dotnet publish tests/PureDump.WebSample -c Release makes it");
        string[] command = isNative ? [native] : ["dotnet", Path.Combine(built, configuration, "net10.0", "PureDump.WebSample.dll")];
        var start = new ProcessStartInfo(command[0], [.. command[1..], "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        start.Environment["PUREDUMP_SAMPLE"] = string.Create(
            CultureInfo.InvariantCulture,
            $"host={_server.Host} port={_server.Port} user={_server.User} password='{_server.Password}'");
        _sample = Process.Start(start)!;
        string url = _sample.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the sample did not start");
        return _client = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(3) };
    }

    private long PeakMemory()
    {
        _sample!.Refresh();
        return _sample.PeakWorkingSet64;
    }
}
