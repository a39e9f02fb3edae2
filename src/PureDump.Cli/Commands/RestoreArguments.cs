using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Engine;
using PureDump.Engine.Selection;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Storage.Local;

namespace PureDump.Cli.Commands;

/// <summary>Reads the options that <c>restore</c> and <c>pg_restore</c> share.</summary>
internal static class RestoreArguments
{
    /// <summary>What of the archive, filter files included. A list of entries is read when the archive is known.</summary>
    public static RestoreSelection Selection(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        FilterItem[] filter =
            [.. options.Values(OptionTable.Filter).SelectMany(path => FilterFile.Read(path, invocation.Surroundings, FilterUses.Restore))];
        (bool data, bool schema, bool statistics) =
            (options.Has(OptionTable.DataOnly), options.Has(OptionTable.SchemaOnly), options.Has(OptionTable.StatisticsOnly));
        return new RestoreSelection
        {
            Schemas = Names(OptionTable.SchemaName, FilterObject.Schema),
            ExcludedSchemas = Names(OptionTable.ExcludeSchemaName, FilterObject.Schema, isInclude: false),
            Tables = Names(OptionTable.TableName, FilterObject.Table),
            Indexes = Names(OptionTable.Index, FilterObject.Index),
            Functions = Names(OptionTable.Function, FilterObject.Function),
            Triggers = Names(OptionTable.Trigger, FilterObject.Trigger),
            WholeTables = options.Values(OptionTable.WholeTable),
            ExcludedTables = options.Values(OptionTable.ExcludeWholeTable),
            ExcludedTableData = options.Values(OptionTable.ExcludeTableData),
            Order = options.Value(OptionTable.UseList) is { } list ? ReadList(list, invocation) : null,
            WithData = (data || !(schema || statistics)) && !options.Has(OptionTable.NoData),
            WithSchema = (schema || !(data || statistics)) && !options.Has(OptionTable.NoSchema),
            WithStatistics =
                (statistics || options.Has(OptionTable.ArchivedStatistics) || !(schema || data))
                && !options.Has(OptionTable.NoArchivedStatistics),
            Sections = options.Sections(),
            WithOwners = !options.Has(OptionTable.NoOwner),
            WithPrivileges = !options.Has(OptionTable.NoPrivileges),
            WithComments = !options.Has(OptionTable.NoComments),
            WithSecurityLabels = !options.Has(OptionTable.NoSecurityLabels),
            WithPolicies = !options.Has(OptionTable.NoPolicies),
            WithPublications = !options.Has(OptionTable.NoPublications),
            WithSubscriptions = !options.Has(OptionTable.NoSubscriptions),
            WithTablespaces = !options.Has(OptionTable.NoTablespaces),
            WithTableAccessMethods = !options.Has(OptionTable.NoTableAccessMethod),
            StrictNames = options.Has(OptionTable.StrictNames),
        };

        string[] Names(OptionSpec option, FilterObject kind, bool isInclude = true) =>
        [
            .. options.Values(option),
            .. filter.Where(item => item.Object == kind && item.IsInclude == isInclude).Select(item => item.Pattern),
        ];
    }

    /// <summary>How a restore into a database is done.</summary>
    public static RestoreRequest Request(GivenOptions options, RestoreSelection selection, ConnectionTarget target, int jobs) => new()
    {
        Target = target,
        Selection = selection,
        Jobs = jobs,
        CreateDatabase = options.Has(OptionTable.Create),
        Clean = options.Has(OptionTable.Clean),
        IfExists = options.Has(OptionTable.IfExists),
        SingleTransaction = options.Has(OptionTable.SingleTransaction),
        TransactionSize = TransactionSize(options),
        ExitOnError = options.Has(OptionTable.ExitOnError),
        Role = options.Value(OptionTable.Role),
        EnableRowSecurity = options.Has(OptionTable.EnableRowSecurity),
        UseSetSessionAuthorization = options.Has(OptionTable.UseSetSessionAuthorizationAtTarget),
        DisableTriggers = options.Has(OptionTable.DisableTriggersAtTarget),
        Superuser = Superuser(options),
        NoDataForFailedTables = options.Has(OptionTable.NoDataForFailedTables),
        Analyze = options.Has(OptionTable.Analyze),
        Salvage = options.Has(OptionTable.Salvage),
    };

    /// <summary>How a script is written.</summary>
    public static ScriptOptions Script(GivenOptions options, DateTimeOffset? created) => ScriptServer.Given(options, new ScriptOptions
    {
        Clean = options.Has(OptionTable.Clean),
        IfExists = options.Has(OptionTable.IfExists),
        CreateDatabase = options.Has(OptionTable.Create),
        UseSetSessionAuthorization = options.Has(OptionTable.UseSetSessionAuthorizationAtTarget) && !options.Has(OptionTable.NoOwner),
        DisableTriggers = options.Has(OptionTable.DisableTriggersAtTarget),
        Superuser = Superuser(options),
        SingleTransaction = options.Has(OptionTable.SingleTransaction),
        TransactionSize = TransactionSize(options),
        Role = options.Value(OptionTable.Role),
        EnableRowSecurity = options.Has(OptionTable.EnableRowSecurity),
        RestrictKey = options.RestrictKey(),
        Verbose = options.Has(OptionTable.Verbose),
        Started = created,
    });

    /// <summary><c>--transaction-size</c>; 0 where it was not given.</summary>
    public static int TransactionSize(GivenOptions options) => options.Number(OptionTable.TransactionSize, 1, int.MaxValue) ?? 0;

    private static string? Superuser(GivenOptions options) =>
        options.Value(OptionTable.SuperuserAtTarget) is { Length: > 0 } name ? name : null;

    // Once, however often it is asked for: it warns.
    private static Func<Toc, IReadOnlyList<DumpId>> ReadList(string path, Invocation invocation)
    {
        IReadOnlyList<DumpId>? order = null;
        return toc => order ??= Read(toc);

        IReadOnlyList<DumpId> Read(Toc toc)
        {
            try
            {
                using FileStream stream = InputFile.Open(path);
                using var reader = new StreamReader(stream);
                return EntryList.Read(reader, toc, invocation.Talk.Warn);
            }
            catch (PureDumpException e) when (e.Kind == ErrorKind.File && e.InnerException is not null)
            {
                throw FileErrors.TranslateAsErrno(e.InnerException, $"could not open TOC file \"{path}\"");
            }
        }
    }
}
