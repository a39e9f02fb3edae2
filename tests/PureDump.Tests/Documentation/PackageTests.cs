using System.IO.Compression;
using PureDump.TestSupport;

namespace PureDump.Tests.Documentation;

/// <summary>The package that applications reference.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("puredump-package-");

    [Fact]
    public void It_holds_its_assemblies_and_depends_on_no_package_of_ours()
    {
        string configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        string project = Repository.PathOf("src", "PureDump.Library");
        Command
            .Run(
                "dotnet",
                ["pack", project, "--no-build", "-p:BuildProjectReferences=false", "-c", configuration, "-o", _directory.FullName])
            .Succeeded();

        using ZipArchive package = ZipFile.OpenRead(Assert.Single(_directory.GetFiles("PureDump.*.nupkg")).FullName);
        Assert.Equal(
            ["Engine.dll", "Formats.dll", "Library.dll", "Library.xml", "Postgres.dll", "Storage.dll"],
            package.Entries
                .Where(static entry => entry.FullName.StartsWith("lib/net10.0/PureDump.", StringComparison.Ordinal))
                .Select(static entry => entry.Name["PureDump.".Length..])
                .Order(StringComparer.Ordinal));
        Assert.NotNull(package.GetEntry("README.md"));
        using var reader = new StreamReader(package.GetEntry("PureDump.nuspec")!.Open());
        string specification = reader.ReadToEnd();
        Assert.Contains("<license type=\"expression\">MIT</license>", specification, StringComparison.Ordinal);
        Assert.DoesNotContain("dependency id=\"PureDump", specification, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
