namespace PureDump.Bench.EndToEnd.Scenarios;

/// <summary>What a restore or a copy fills: empty before it, compared with the source after it.</summary>
/// <param name="setting">Has the source.</param>
/// <param name="server">Where it is made.</param>
internal sealed class RestoredDatabase(Setting setting, BenchServer server)
{
    private const string Name = "restored";

    private const string Objects = """
        SELECT format('%s tables, %s indexes, %s constraints',
            (SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace),
            (SELECT count(*) FROM pg_class WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace),
            (SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c')))
        """;

    /// <summary>The words behind -d.</summary>
    public string Conninfo => server.Conninfo(Name);

    /// <summary>Makes it, empty.</summary>
    public void Create() => server.Recreate(Name);

    /// <summary>Sees to it that the run has done its work, and removes the database.</summary>
    /// <param name="isTableOnly">Only the rows of the largest table were to come.</param>
    /// <exception cref="BenchException">It has not; says what is missing.</exception>
    public void CheckAndDrop(bool isTableOnly)
    {
        Compare($"SELECT count(*) || ' rows in {setting.Dataset.LargestTable}' FROM public.{setting.Dataset.LargestTable}");
        if (!isTableOnly)
        {
            Compare(Objects);
        }

        server.Drop(Name);
    }

    private void Compare(string sql)
    {
        string expected = setting.Server.Scalar(setting.Dataset.Name, sql);
        string actual = server.Scalar(Name, sql);
        if (actual != expected)
        {
            throw new BenchException($"a run that succeeded has made {actual} out of {expected}");
        }
    }
}
