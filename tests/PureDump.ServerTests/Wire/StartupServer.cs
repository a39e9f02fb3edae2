using System.Security.Cryptography;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Wire;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Wire;

/// <summary>A server that has every kind of login, and the certificates and keys for it.</summary>
public abstract class StartupServer : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("puredump-startup-").FullName;

    protected StartupServer(int major)
    {
        using var authority = TestAuthority.Create();
        using var other = TestAuthority.Create("another authority");
        using var forger = TestAuthority.Create();
        ServerTls tls = authority.ForServer("localhost", "127.0.0.1");
        Server = Requirement.OwnServer(major, new ServerOptions
        {
            Tls = tls,
            HbaLines =
            [
                "host all u_trust all trust",
                "host all u_md5 all md5",
                "host all u_scram,u_unicode,u_composed all scram-sha-256",
                "host all u_clear all password",
                "hostssl all u_only_tls all scram-sha-256",
                "hostnossl all u_only_plain all scram-sha-256",
                "hostssl all u_cert all cert",
            ],
        });
        Server.Execute(
            "postgres",
            """
            SET password_encryption = 'md5';
            CREATE ROLE u_md5 LOGIN PASSWORD 'pw-md5';
            SET password_encryption = 'scram-sha-256';
            CREATE ROLE u_scram LOGIN PASSWORD 'pw-scram';
            CREATE ROLE u_unicode LOGIN PASSWORD U&'p\00e4ssw\00f6rd\+01F600\00a0x';
            CREATE ROLE u_composed LOGIN PASSWORD U&'p\00e4ss w\00f6rd a fi\ac01';
            CREATE ROLE u_clear LOGIN PASSWORD 'pw-clear';
            CREATE ROLE u_only_tls LOGIN PASSWORD 'pw';
            CREATE ROLE u_only_plain LOGIN PASSWORD 'pw';
            CREATE ROLE u_trust LOGIN;
            CREATE ROLE u_cert LOGIN;
            """);
        (string certificate, string key) = authority.ForClient("u_cert");
        RootFile = Write("root.pem", authority.CertificatePem);
        OtherRootFile = Write("other.pem", other.CertificatePem);
        ClientFile = Write("client.pem", certificate);
        ClientKeyFile = Write("client.key", key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        OpenKeyFile = Write("open.key", key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        EmptyListFile = Write("empty.crl", authority.RevocationList(isOld: false));
        ListFile = Write("list.crl", authority.RevocationList(isOld: false, certificate, tls.CertificatePem));
        OldListFile = Write("old.crl", authority.RevocationList(isOld: true));
        OtherListFile = Write("other.crl", other.RevocationList(isOld: false));
        ForgedListFile = Write("forged.crl", forger.RevocationList(isOld: false));
        EncryptedKeyFile = Write("encrypted.key", Encrypted(key), UnixFileMode.UserRead);
    }

    public PostgresServer Server { get; }

    public string RootFile { get; }

    public string OtherRootFile { get; }

    public string ClientFile { get; }

    public string ClientKeyFile { get; }

    public string OpenKeyFile { get; }

    public string EncryptedKeyFile { get; }

    public string EmptyListFile { get; }

    public string ListFile { get; }

    public string OldListFile { get; }

    public string OtherListFile { get; }

    public string ForgedListFile { get; }

    internal ConnectionTarget Target(string conninfo, string? password = null, string? home = null, Func<string, string?>? prompt = null)
    {
        var environment = new Dictionary<string, string> { ["HOME"] = home ?? "/nonexistent" };
        if (password is not null)
        {
            environment["PGPASSWORD"] = password;
        }

        return ConnectionTarget.Resolve(
            new ConnectionArguments
            {
                Database = $"host=127.0.0.1 port={Server.Port} dbname=postgres connect_timeout=30 {conninfo}",
                Prompt = prompt,
            },
            environment.GetValueOrDefault);
    }

    internal StartedConnection Open(string conninfo, string? password, string? home = null) =>
        HostSearch.Open(Target(conninfo, password, home), StartupParameters.None, CancellationToken.None);

    internal PureDumpException Refused(string conninfo, string? password, string? home = null) =>
        Assert.Throws<PureDumpException>(() => Open(conninfo, password, home).Dispose());

    public string Home(string name, string source)
    {
        string home = Directory.CreateDirectory(Path.Combine(_directory, Path.GetRandomFileName())).FullName;
        Directory.CreateDirectory(Path.Combine(home, ".postgresql"));
        File.Copy(source, Path.Combine(home, ".postgresql", name));
        return home;
    }

    // As "openssl rehash" makes it; the number is a hash of the authority's name.
    public string ListDirectory(params string[] lists)
    {
        string directory = Directory.CreateDirectory(Path.Combine(_directory, Path.GetRandomFileName())).FullName;
        for (int i = 0; i < lists.Length; i++)
        {
            File.Copy(lists[i], Path.Combine(directory, $"0123abcd.r{i}"));
        }

        return directory;
    }

    public void Dispose()
    {
        Server.Dispose();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static string Encrypted(string keyPem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(keyPem);
        return key.ExportEncryptedPkcs8PrivateKeyPem(
            "open",
            new PbeParameters(
                PbeEncryptionAlgorithm.Aes256Cbc,
                HashAlgorithmName.SHA256,
                1000));
    }

    private string Write(string name, string text, UnixFileMode? mode = null)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        if (mode is { } value && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, value);
        }

        return path;
    }
}
