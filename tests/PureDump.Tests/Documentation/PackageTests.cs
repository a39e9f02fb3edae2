using System.IO.Compression;
using System.Reflection.Metadata;
using System.Runtime.Versioning;
using PureDump.TestSupport;

namespace PureDump.Tests.Documentation;

/// <summary>The package that applications reference.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("puredump-package-");

    // Of the debug information of a document: its source, as the portable PDB format numbers it.
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Fact]
    public void It_holds_its_assemblies_and_depends_on_no_package_of_ours()
    {
        Pack();

        using ZipArchive package = ZipFile.OpenRead(Assert.Single(_directory.GetFiles("PureDump.*.nupkg")).FullName);
        Assert.Equal(
            ["Engine.dll", "Formats.dll", "Library.dll", "Library.xml", "Postgres.dll", "Storage.dll"],
            NamesIn(package));
        Assert.NotNull(package.GetEntry("README.md"));
        using var reader = new StreamReader(package.GetEntry("PureDump.nuspec")!.Open());
        string specification = reader.ReadToEnd();
        Assert.Contains("<license type=\"expression\">MIT</license>", specification, StringComparison.Ordinal);
        Assert.DoesNotContain("dependency id=\"PureDump", specification, StringComparison.Ordinal);

        using ZipArchive symbols = ZipFile.OpenRead(Assert.Single(_directory.GetFiles("PureDump.*.snupkg")).FullName);
        Assert.Equal(["Engine.pdb", "Formats.pdb", "Library.pdb", "Postgres.pdb", "Storage.pdb"], NamesIn(symbols));
        Assert.All(symbols.Entries.Where(static entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal)), AssertBringsItsSource);
    }

    [Fact]
    public void It_says_where_it_runs()
    {
        SupportedOSPlatformAttribute platform = Assert.Single(
            typeof(Dump).Assembly.GetCustomAttributes(typeof(SupportedOSPlatformAttribute), inherit: false)
                .Cast<SupportedOSPlatformAttribute>());
        Assert.Equal("linux", platform.PlatformName);
        Assert.Contains("Linux on x64", Repository.Text("README.md"), StringComparison.Ordinal);
        Assert.Contains("Linux on x64", Repository.Text("src/PureDump.Library/README.md"), StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    // The same bytes wherever they were compiled: no path of this machine, and each source beside the names that it is called by.
    private static void AssertBringsItsSource(ZipArchiveEntry symbols)
    {
        using var bytes = new MemoryStream();
        using (Stream stored = symbols.Open())
        {
            stored.CopyTo(bytes);
        }

        bytes.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(bytes);
        MetadataReader reader = provider.GetMetadataReader();
        Assert.NotEmpty(reader.Documents);
        Assert.All(reader.Documents, handle =>
        {
            Assert.StartsWith("/_/", reader.GetString(reader.GetDocument(handle).Name), StringComparison.Ordinal);
            Assert.Contains(
                reader.GetCustomDebugInformation(handle),
                information => reader.GetGuid(reader.GetCustomDebugInformation(information).Kind) == s_embeddedSource);
        });
    }

    private static IEnumerable<string> NamesIn(ZipArchive package) =>
        package.Entries
            .Where(static entry => entry.FullName.StartsWith("lib/net10.0/PureDump.", StringComparison.Ordinal))
            .Select(static entry => entry.Name["PureDump.".Length..])
            .Order(StringComparer.Ordinal);

    private void Pack()
    {
        string configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        string project = Repository.PathOf("src", "PureDump.Library");
        Command
            .Run(
                "dotnet",
                ["pack", project, "--no-build", "-p:BuildProjectReferences=false", "-c", configuration, "-o", _directory.FullName])
            .Succeeded();
    }
}
