using PureDump.Cli.Options;
using PureDump.Cli.Terminals;
using PureDump.Engine.Maintain;
using PureDump.Engine.Replay;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Commands;

/// <summary>What createdb and dropdb share: the connection beside the database, and how they talk about statements.</summary>
internal static class Maintenance
{
    /// <summary>Connects as the options say; with <c>-e</c> every statement is printed.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="subject">The database it is about.</param>
    public static MaintenanceSession Open(Invocation invocation, string subject)
    {
        Surroundings surroundings = invocation.Surroundings;
        return MaintenanceSession.Open(
            database => ConnectionOptions.Resolve(invocation, database),
            invocation.Options.Value(ToolOptions.MaintenanceDatabase),
            subject,
            invocation.Options.Has(ToolOptions.Echo) ? Echo : null,
            report => surroundings.Error.WriteLine(ShownText.OfClient(ServerMessageText.Of(report), invocation.Options.Verb.Speaker)),
            surroundings.Cancellation);

        void Echo(string sql)
        {
            using TextWriter output = surroundings.OpenText();
            output.WriteLine(sql);
        }
    }

    /// <summary>Runs a statement; what the server says against it stands behind what could not be done.</summary>
    public static void Execute(MaintenanceSession session, string sql, string failure)
    {
        try
        {
            session.Execute(sql);
        }
        catch (PureDumpException e) when (e.Report is not null)
        {
            throw new PureDumpException(e.Kind, $"{failure}: {ServerMessageText.Of(e.Report)}", null, e);
        }
    }
}
