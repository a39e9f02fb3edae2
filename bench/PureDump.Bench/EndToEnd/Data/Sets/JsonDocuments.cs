using System.Buffers;
using System.Text.Json;

namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>Events as applications keep them: the same keys in every document, some left out, a list in it.</summary>
internal static class JsonDocuments
{
    private const long RowCount = 700_000;
    private const int PoolSize = 32 << 20;
    private const string Name = "event";

    private static readonly string[] s_kinds =
    [
        "order.created",
        "order.paid",
        "order.shipped",
        "order.returned",
        "session.started",
        "page.viewed",
        "cart.changed",
    ];
    private static readonly string[] s_countries = ["DE", "FR", "JP", "BR", "US", "IN", "KE", "PL", "SE", "VN"];
    private static readonly string[] s_agents =
    [
        "Firefox/146.0",
        "Chrome/143.0",
        "Safari/19.1",
        "curl/8.17",
        "shop-app/5.2 (Android 16)",
        "shop-app/5.2 (iOS 26)",
    ];

    public static Dataset Dataset { get; } = new("jsonb", "one table of 0.7 M JSONB documents of about 0.5 kB, 0.36 GB", Name, Plan);

    private static DatasetPlan Plan(double scale, ulong seed)
    {
        const string columns = "id bigint NOT NULL, at timestamp with time zone NOT NULL, document jsonb NOT NULL";
        return new DatasetPlan(
            [
                new TablePlan(
                    Name,
                    columns,
                    writer => Write(writer, Dataset.Scaled(RowCount, scale), (int)Math.Clamp(PoolSize * scale, 1 << 20, PoolSize), seed)),
            ],
            [$"ALTER TABLE {Name} ADD PRIMARY KEY (id)", $"CREATE INDEX event_kind ON {Name} ((document ->> 'kind'))"]);
    }

    private static void Write(RowWriter writer, long count, int poolSize, ulong seed)
    {
        var prose = new Prose(poolSize, seed);
        var random = new Prng(seed, Name);
        var text = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(text);
        long time = WideTable.FirstTime;
        for (long id = 1; id <= count; id++)
        {
            time += random.Below(2_000_000);
            text.ResetWrittenCount();
            json.Reset();
            WriteDocument(json, id, random, prose);
            json.Flush();
            writer.Row(3);
            writer.Int64(id);
            writer.Int64(time);
            writer.Jsonb(text.WrittenSpan);
        }
    }

    private static void WriteDocument(Utf8JsonWriter json, long id, Prng random, Prose prose)
    {
        json.WriteStartObject();
        json.WriteString("kind", random.Pick(s_kinds));
        json.WriteString("trace", $"{random.Next():x16}{random.Next():x16}");
        json.WriteNumber("sequence", id);
        json.WriteStartObject("customer");
        json.WriteNumber("id", random.Between(1, 200_000));
        json.WriteString("country", random.Pick(s_countries));
        json.WriteBoolean("returning", random.Chance(70));
        json.WriteString("agent", random.Pick(s_agents));
        json.WriteEndObject();
        json.WriteStartArray("lines");
        for (long line = random.Between(0, 6); line > 0; line--)
        {
            WriteLine(json, random);
        }

        json.WriteEndArray();
        if (random.Chance(40))
        {
            json.WriteString("note", prose.Text(random, 20, 200));
        }

        if (random.Chance(10))
        {
            json.WriteNull("coupon");
        }

        json.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter json, Prng random)
    {
        json.WriteStartObject();
        json.WriteNumber("article", random.Between(1, 50_000));
        json.WriteString("name", $"{random.Pick(Words.Adjectives)} {random.Pick(Words.Nouns)}");
        json.WriteNumber("quantity", random.Between(1, 12));
        json.WriteNumber("price", random.Between(99, 99_999) / 100m);
        json.WriteEndObject();
    }
}
