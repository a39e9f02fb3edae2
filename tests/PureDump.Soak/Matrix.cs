namespace PureDump.Soak;

/// <summary>Cases that are too many for every run of the tests: there a few are drawn, here all of them run.</summary>
/// <param name="Name">The word on the command line, and the title of its results.</param>
/// <param name="Summary">What it does, in a line.</param>
/// <param name="Run">Runs it whole.</param>
internal sealed record Matrix(string Name, string Summary, Func<MatrixRequest, MatrixReport> Run);
