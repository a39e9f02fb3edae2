using PureDump.Formats.Errors;
using PureDump.Formats.Sql;

namespace PureDump.Postgres.Server;

/// <summary>
/// What a server can do, as named features. The only place where a server version is compared with a number; queries
/// and statements ask for a feature by its name.
/// </summary>
/// <param name="VersionNumber">The server's <c>server_version_num</c>, e.g. 150018.</param>
internal sealed record ServerFeatures(int VersionNumber)
{
    private const int VersionsPerMajor = 10000;

    /// <summary>The oldest server that is supported.</summary>
    public const int OldestVersion = 130000;

    /// <summary>The major version of <see cref="OldestVersion"/>.</summary>
    public const int OldestMajor = OldestVersion / VersionsPerMajor;

    /// <summary>The newest major version that this release was made for.</summary>
    public const int NewestMajor = 19;

    /// <summary>A release this program cannot know: it is treated as the newest that is known.</summary>
    public bool IsNewerThanKnown => Major > NewestMajor;

    /// <summary>The major version, e.g. 15.</summary>
    public int Major => VersionNumber / VersionsPerMajor;

    /// <summary>The first server of the major version that a text begins with, as the parameter <c>server_version</c> does; the oldest of
    /// all where it begins with none.</summary>
    public static ServerFeatures Of(string? version)
    {
        int length = version.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : version.AsSpan().Length;
        return OfMajor(int.TryParse(version.AsSpan(0, length), out int major) && major < int.MaxValue / VersionsPerMajor ? major : 0);
    }

    /// <summary>The first server of a major version.</summary>
    public static ServerFeatures OfMajor(int major) => new(major * VersionsPerMajor);

#pragma warning disable CS1591 // the names are the documentation; the source is the release that brought the feature
    public bool HasMultiranges => VersionNumber >= 140000;
    public bool HasTypeSubscript => VersionNumber >= 140000;
    public bool HasColumnCompression => VersionNumber >= 140000;
    public bool HasSqlFunctionBodies => VersionNumber >= 140000;
    public bool HasTidRangeScan => VersionNumber >= 140000;
    public bool HasUnknownRelTuples => VersionNumber >= 140000;
    public bool ReceivesForeignOids => VersionNumber >= 140000;
    public bool HasSubscriptionStreaming => VersionNumber >= 140000;
    /// <summary>COPY FREEZE marks the pages it fills as visible to everybody, so that an index needs no page beside it.</summary>
    public bool MarksFrozenPages => VersionNumber >= 140000;
    public bool HasNumericInfinity => VersionNumber >= 140000;
    /// <summary>array_recv and record_recv take a user's type whatever OID it has where the values come from.</summary>
    public bool HasLenientOids => VersionNumber >= 140000;
    public bool HasLocaleProvider => VersionNumber >= 150000;
    public bool HasNullsNotDistinct => VersionNumber >= 150000;
    public bool HasTriggerClones => VersionNumber >= 150000;
    public bool HasUnloggedSequences => VersionNumber >= 150000;
    public bool HasPublicationFilters => VersionNumber >= 150000;
    public bool HasPublicationSchemas => VersionNumber >= 150000;
    public bool HasSubscriptionTwoPhase => VersionNumber >= 150000;
    public bool HasPublicOwnedByDatabaseOwner => VersionNumber >= 150000;
    public bool HasParameterAcls => VersionNumber >= 150000;
    public bool HasIcuRules => VersionNumber >= 160000;
    /// <summary>Memberships have INHERIT and SET of their own, and a grantor that is kept true.</summary>
    public bool HasMembershipOptions => VersionNumber >= 160000;
    public bool HasSubscriptionOrigin => VersionNumber >= 160000;
    public bool HasSubscriptionRunAsOwner => VersionNumber >= 160000;
    public bool HasDatabaseLocaleColumn => VersionNumber >= 170000;
    public bool HasCollationLocaleColumn => VersionNumber >= 170000;
    public bool HasMaintainPrivilege => VersionNumber >= 170000;
    public bool HasDomainNotNullConstraints => VersionNumber >= 170000;
    public bool HasNullableStatisticsTarget => VersionNumber >= 170000;
    public bool HasIntervalInfinity => VersionNumber >= 170000;
    public bool HasSubscriptionFailover => VersionNumber >= 170000;
    public bool HasPartitionedTableAccessMethod => VersionNumber >= 170000;
    public bool HasRangeStatistics => VersionNumber >= 170000;
    public bool HasTransactionTimeout => VersionNumber >= 170000;
    public bool HasTableNotNullConstraints => VersionNumber >= 180000;
    public bool HasNotEnforcedConstraints => VersionNumber >= 180000;
    public bool HasTemporalKeys => VersionNumber >= 180000;
    public bool HasVirtualGeneratedColumns => VersionNumber >= 180000;
    public bool HasSequenceDataFunction => VersionNumber >= 180000;
    public bool HasStatisticsImport => VersionNumber >= 180000;
    /// <summary>ANALYZE ONLY: a partitioned table without its partitions.</summary>
    public bool HasAnalyzeOnly => VersionNumber >= 180000;
    public bool HasAllFrozen => VersionNumber >= 180000;
    public bool HasPublishedGeneratedColumns => VersionNumber >= 180000;
    public bool HasLargeObjectDefaultAcl => VersionNumber >= 180000;
    public bool HasPublicationExceptions => VersionNumber >= 190000;
    public bool HasSubscriptionServer => VersionNumber >= 190000;
    public bool HasWrapperConnection => VersionNumber >= 190000;
    public bool HasExtendedStatisticsImport => VersionNumber >= 190000;
    /// <summary>standard_conforming_strings cannot be off.</summary>
    public bool HasOnlyConformingStrings => VersionNumber >= 190000;
#pragma warning restore CS1591

    /// <summary>
    /// A text as a literal of what pg_dump quotes for any setting of <c>standard_conforming_strings</c>; where there is one setting only it
    /// needs no more than others (appendStringLiteralConn).
    /// </summary>
    internal string Literal(string text) => HasOnlyConformingStrings ? SqlText.Literal(text) : SqlText.LiteralAnywhere(text);

    /// <summary>Whether the feature of that name is there; for <c>CatalogSql</c>.</summary>
    /// <exception cref="PureDumpException">No feature has that name (<see cref="ErrorKind.Internal"/>).</exception>
    public bool Has(string feature) => feature switch
    {
        nameof(HasMultiranges) => HasMultiranges,
        nameof(HasTypeSubscript) => HasTypeSubscript,
        nameof(HasColumnCompression) => HasColumnCompression,
        nameof(HasSqlFunctionBodies) => HasSqlFunctionBodies,
        nameof(HasTidRangeScan) => HasTidRangeScan,
        nameof(HasUnknownRelTuples) => HasUnknownRelTuples,
        nameof(HasLenientOids) => HasLenientOids,
        nameof(HasLocaleProvider) => HasLocaleProvider,
        nameof(HasNullsNotDistinct) => HasNullsNotDistinct,
        nameof(HasTriggerClones) => HasTriggerClones,
        nameof(HasUnloggedSequences) => HasUnloggedSequences,
        nameof(HasParameterAcls) => HasParameterAcls,
        nameof(HasIcuRules) => HasIcuRules,
        nameof(HasMembershipOptions) => HasMembershipOptions,
        nameof(HasDatabaseLocaleColumn) => HasDatabaseLocaleColumn,
        nameof(HasCollationLocaleColumn) => HasCollationLocaleColumn,
        nameof(HasMaintainPrivilege) => HasMaintainPrivilege,
        nameof(HasDomainNotNullConstraints) => HasDomainNotNullConstraints,
        nameof(HasNullableStatisticsTarget) => HasNullableStatisticsTarget,
        nameof(HasPartitionedTableAccessMethod) => HasPartitionedTableAccessMethod,
        nameof(HasTableNotNullConstraints) => HasTableNotNullConstraints,
        nameof(HasNotEnforcedConstraints) => HasNotEnforcedConstraints,
        nameof(HasTemporalKeys) => HasTemporalKeys,
        nameof(HasVirtualGeneratedColumns) => HasVirtualGeneratedColumns,
        nameof(HasSequenceDataFunction) => HasSequenceDataFunction,
        nameof(HasSubscriptionStreaming) => HasSubscriptionStreaming,
        nameof(HasPublicationFilters) => HasPublicationFilters,
        nameof(HasPublicationSchemas) => HasPublicationSchemas,
        nameof(HasSubscriptionTwoPhase) => HasSubscriptionTwoPhase,
        nameof(HasSubscriptionOrigin) => HasSubscriptionOrigin,
        nameof(HasSubscriptionFailover) => HasSubscriptionFailover,
        nameof(HasRangeStatistics) => HasRangeStatistics,
        nameof(HasAllFrozen) => HasAllFrozen,
        nameof(HasPublishedGeneratedColumns) => HasPublishedGeneratedColumns,
        nameof(HasLargeObjectDefaultAcl) => HasLargeObjectDefaultAcl,
        nameof(HasPublicationExceptions) => HasPublicationExceptions,
        nameof(HasSubscriptionServer) => HasSubscriptionServer,
        nameof(HasWrapperConnection) => HasWrapperConnection,
        nameof(HasExtendedStatisticsImport) => HasExtendedStatisticsImport,
        _ => throw new PureDumpException(ErrorKind.Internal, $"a catalog query asks for the unknown server feature \"{feature}\""),
    };
}
