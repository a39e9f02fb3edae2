using System.Globalization;
using System.Runtime.InteropServices;
using PureDump.Soak;

const string usage = """
    Usage: dotnet run --project tests/PureDump.Soak -- MATRIX [--seed N] [--count N] [--major N] [--case TEXT] [--program PATH]

      --seed N        what is drawn is drawn from it (default: another one each time)
      --count N       how many of each case (default 100)
      --major N       the major version of the server (default 18)
      --case TEXT     only cases whose name holds this text; their results are shown and not kept
      --program PATH  the executable (default: PUREDUMP_EXE, else the published one where it is newer than all sources, else the built one)

    """;

Matrix? matrix = Matrices.All.FirstOrDefault(matrix => args.Length > 0 && matrix.Name == args[0]);
var request = new MatrixRequest { Seed = Environment.TickCount & 0xFFFFFF, Tell = Console.WriteLine };
bool isUnderstood = matrix is not null && args.Length % 2 == 1;
for (int index = 1; index + 1 < args.Length; index += 2)
{
    string value = args[index + 1];
    bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
    switch (args[index])
    {
        case "--seed" when isNumber:
            request = request with { Seed = number };
            break;
        case "--count" when isNumber:
            request = request with { Count = number };
            break;
        case "--major" when isNumber:
            request = request with { Major = number };
            break;
        case "--case":
            request = request with { Case = value };
            break;
        case "--program":
            Environment.SetEnvironmentVariable("PUREDUMP_EXE", Path.GetFullPath(value));
            break;
        default:
            isUnderstood = false;
            break;
    }
}

if (!isUnderstood)
{
    Console.Error.WriteLine(usage);
    foreach (Matrix one in Matrices.All)
    {
        Console.Error.WriteLine($"  {one.Name,-16}{one.Summary}");
    }

    return 2;
}

// What a matrix has started and mounted goes with the process.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static _ => Environment.Exit(130));
try
{
    MatrixReport report = matrix!.Run(request);
    if (request.Case.Length == 0)
    {
        ResultsFile.Write(matrix, request, report);
    }

    Console.WriteLine($"{matrix.Name}: seed {request.Seed}, {report.FailureCount} failures");
    return report.FailureCount == 0 ? 0 : 1;
}
catch (Exception failure)
{
    Console.Error.WriteLine($"{matrix!.Name}: seed {request.Seed}, did not come to its end: {failure}");
    return 1;
}
