using PureDump;

// A dump as a download, a restore as an upload, and no temporary file: PUREDUMP_SAMPLE names the server without a database.
string server = Environment.GetEnvironmentVariable("PUREDUMP_SAMPLE") ?? throw new InvalidOperationException("PUREDUMP_SAMPLE is not set");
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(static options => options.Limits.MaxRequestBodySize = null);
WebApplication app = builder.Build();

app.MapGet("/dump/{database}", async (string database, HttpContext context) =>
{
    context.Response.ContentType = "application/octet-stream";
    context.Response.Headers.ContentDisposition = $"attachment; filename=\"{Uri.EscapeDataString(database)}.pdump\"";
    try
    {
        await Dump.RunAsync(
            Connection(database), DumpTarget.Pipe(context.Response.BodyWriter), new DumpOptions { Jobs = 2 }, null, context.RequestAborted);
    }
    catch (PureDumpException error) when (!context.Response.HasStarted)
    {
        await Refuse(context, error);
    }
    catch (PureDumpException)
    {
        // A part of the archive is on its way: cut, it cannot be taken for a whole one.
        context.Abort();
    }
});

app.MapPost("/restore/{database}", async (string database, HttpContext context) =>
{
    try
    {
        RestoreSummary restored = await Restore.RunAsync(
            DumpSource.Pipe(context.Request.BodyReader),
            Connection(database),
            new RestoreOptions { Jobs = 2 },
            null,
            context.RequestAborted);
        await context.Response.WriteAsync($"{restored.EntryCount} entries, {restored.FailureCount} failures", context.RequestAborted);
    }
    catch (PureDumpException error)
    {
        await Refuse(context, error);
    }
});

await app.StartAsync();
Console.WriteLine(app.Urls.First());
await app.WaitForShutdownAsync();

string Connection(string database) => $"{server} dbname='{database.Replace("\\", "\\\\").Replace("'", "\\'")}'";

static Task Refuse(HttpContext context, PureDumpException error)
{
    context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    context.Response.ContentType = "text/plain";
    context.Response.Headers.ContentDisposition = default;
    return context.Response.WriteAsync(error.Message, context.RequestAborted);
}
