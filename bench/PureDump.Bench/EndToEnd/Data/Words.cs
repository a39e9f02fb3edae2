namespace PureDump.Bench.EndToEnd.Data;

/// <summary>What sentences are made of.</summary>
internal static class Words
{
    public static readonly string[] Nouns = Of("""
        accounts archives auditors boxes brokers buyers carriers catalogs clerks contracts couriers crates credits customers debts
            deliveries
        deposits depots drivers estimates excuses farms fees forecasts foxes freight gifts goods harbours ideas instructions inventories
        invoices journals ledgers letters lists margins markets merchants notes offers orders packages pallets parcels partners patterns
        payments permits pieces plans platforms ports prices promises proposals quotas quotes receipts refunds reports requests reserves
        returns routes sales samples seals shelves shipments signatures stocks stores suppliers tariffs taxes theories tickets trains
        trucks vessels vouchers warehouses warranties weights workers
        """);

    public static readonly string[] Verbs = Of("""
        accept arrive await believe borrow bring build carry cancel charge check claim collect confirm count cover cross deliver depend
        detect discuss doubt drift engage exceed expect fail fetch find finish follow forget gather grow haggle handle hold hurry improve
        include increase inspect integrate keep leave lend lose maintain match miss move nag notice offer open pack pass pay print promise
        prove publish question reach receive record remain remember repair replace return run seem sell send settle ship sleep solve sort
        stand store travel unload use wait wake weigh
        """);

    public static readonly string[] Adjectives = Of("""
        ancient blue bold brave bright broad brown busy calm careful cheap clean clear close cold common complete daring dark dear deep
            double
        dry early empty even express fair final fine firm fluffy foreign free fresh full furious green grey heavy idle ironic large last
            late
        light local long narrow new old open pale pending plain quick quiet rare red regular silent slow small smooth solid special stale
        steady stout thin tidy true unusual urgent usual warm white wide
        """);

    public static readonly string[] Adverbs = Of("""
        again almost already always badly barely blithely boldly carefully closely daringly duly early easily evenly fairly finally fluffily
        foxily furiously gladly hardly idly instantly kindly late mostly never nearly often once openly partly plainly quickly quietly
            rarely
        regularly roughly ruthlessly seldom shortly silently slowly slyly sometimes soon steadily still stealthily strictly thinly today
        twice usually warily weekly widely
        """);

    public static readonly string[] Prepositions = Of("""
        about above across after against along among around at before behind below beside besides between beyond by despite during except
        for from inside into near of on outside over past since through to toward under until up upon with within without
        """);

    public static readonly string[] Endings = [".", ".", ".", ".", ".", ";", ":", "?", "!", "--"];

    private static string[] Of(string words) =>
        words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
