using System.Reflection;
using PureDump.TestSupport;
using Xunit.Sdk;
using Xunit.v3;

namespace PureDump.ServerTests.Fixture;

/// <summary>Runs a theory of one <c>int major</c> for every version of <see cref="TestMajors"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryMajorAttribute : DataAttribute
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. TestMajors.All.Select(major => new TheoryDataRow<int>(major))]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
