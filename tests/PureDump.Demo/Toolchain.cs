using PureDump.TestSupport;

namespace PureDump.Demo;

/// <summary>The one thing a native executable takes besides the .NET SDK: a C compiler, to link with.</summary>
internal static class Toolchain
{
    private static readonly string[] s_packages = ["gcc", "libc6-dev"];

    /// <summary>Sees to it that there is one: as root on Debian and its like by installing it.</summary>
    /// <exception cref="ServerUnavailableException">There is none, and it is not ours to install.</exception>
    public static void Ensure(Narration narration)
    {
        if (PublishedExecutable.CanPublish)
        {
            return;
        }

        string packages = string.Join(' ', s_packages);
        if (!Environment.IsPrivilegedProcess || Command.Find("apt-get") is not { } aptGet)
        {
            throw new ServerUnavailableException(
                $"a native executable is linked by clang or gcc, and neither is in PATH; install one (on Debian and Ubuntu: sudo "
                    + $"apt-get install {packages}; on Fedora: sudo dnf install gcc)");
        }

        var quiet = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        narration.Step(
            "compiler",
            $"neither clang nor gcc is in PATH; apt-get install {packages}",
            () =>
            {
                Command.Run(aptGet, ["update"], environment: quiet).Succeeded();
                return Command.Run(aptGet, ["install", "--yes", "--no-install-recommends", .. s_packages], environment: quiet).Succeeded();
            },
            _ => "installed");
    }
}
