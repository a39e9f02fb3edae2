using System.Reflection;
using PureDump.TestSupport;
using Xunit.Sdk;
using Xunit.v3;

namespace PureDump.ServerTests.Fixture;

/// <summary>Runs a theory of <c>int from, int into</c> for every two versions of <see cref="TestMajors"/> of which the second is not the
/// older one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryStepUpAttribute : DataAttribute
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([
            .. TestMajors.All.SelectMany(static from =>
                TestMajors.All.Where(into => into >= from).Select(into => new TheoryDataRow<int, int>(from, into))),
        ]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
