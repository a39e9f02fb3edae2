using System.Buffers.Text;

namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>The rows of TPC-H's tables (specification 4.2.3).</summary>
internal sealed class TpchRows(double scale, ulong seed)
{
    private static readonly string[] s_regions = ["AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"];

    // Each with the number of its region.
    private static readonly (string Name, int Region)[] s_nations =
    [
        ("ALGERIA", 0),
        ("ARGENTINA", 1),
        ("BRAZIL", 1),
        ("CANADA", 1),
        ("EGYPT", 4),
        ("ETHIOPIA", 0),
        ("FRANCE", 3),
        ("GERMANY", 3),
        ("INDIA", 2),
        ("INDONESIA", 2),
        ("IRAN", 4),
        ("IRAQ", 4),
        ("JAPAN", 2),
        ("JORDAN", 4),
        ("KENYA", 0),
        ("MOROCCO", 0),
        ("MOZAMBIQUE", 0),
        ("PERU", 1),
        ("CHINA", 2),
        ("ROMANIA", 3),
        ("SAUDI ARABIA", 4),
        ("VIETNAM", 2),
        ("RUSSIA", 3),
        ("UNITED KINGDOM", 3),
        ("UNITED STATES", 1),
    ];

    private static readonly string[] s_segments = ["AUTOMOBILE", "BUILDING", "FURNITURE", "MACHINERY", "HOUSEHOLD"];
    private static readonly string[] s_priorities = ["1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"];
    private static readonly string[] s_instructions = ["DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"];
    private static readonly string[] s_modes = ["REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"];
    private static readonly string[] s_types = Product(["STANDARD", "SMALL", "MEDIUM", "LARGE", "ECONOMY", "PROMO"],
        Product(["ANODIZED", "BURNISHED", "PLATED", "POLISHED", "BRUSHED"], ["TIN", "NICKEL", "BRASS", "STEEL", "COPPER"]));

    private static readonly string[] s_containers =
        Product(["SM", "LG", "MED", "JUMBO", "WRAP"], ["CASE", "BOX", "BAG", "JAR", "PKG", "PACK", "CAN", "DRUM"]);

    private readonly TpchSizes _sizes = new(scale);
    private readonly Lazy<Prose> _prose = new(() => new Prose(new TpchSizes(scale).ProseSize, seed));

    private Prose Prose => _prose.Value;

    /// <summary>What makes the rows of a table.</summary>
    public Action<RowWriter> Writer(string table) => table switch
    {
        "region" => Regions,
        "nation" => Nations,
        "supplier" => Suppliers,
        "customer" => Customers,
        "part" => Parts,
        "partsupp" => PartSuppliers,
        "orders" => Orders,
        "lineitem" => Lines,
        _ => throw new ArgumentOutOfRangeException(nameof(table), table, "not a table of TPC-H"),
    };

    private static string[] Product(string[] left, string[] right) =>
        [.. left.SelectMany(first => right.Select(second => $"{first} {second}"))];

    private void Regions(RowWriter rows)
    {
        var random = new Prng(seed, "region");
        for (int key = 0; key < s_regions.Length; key++)
        {
            rows.Row(3);
            rows.Int32(key);
            rows.Text(s_regions[key]);
            rows.Bytes(Prose.Text(random, 31, 115));
        }
    }

    private void Nations(RowWriter rows)
    {
        var random = new Prng(seed, "nation");
        for (int key = 0; key < s_nations.Length; key++)
        {
            rows.Row(4);
            rows.Int32(key);
            rows.Text(s_nations[key].Name);
            rows.Int32(s_nations[key].Region);
            rows.Bytes(Prose.Text(random, 31, 114));
        }
    }

    private void Suppliers(RowWriter rows)
    {
        var random = new Prng(seed, "supplier");
        for (int key = 1; key <= _sizes.Suppliers; key++)
        {
            rows.Row(7);
            rows.Int32(key);
            Numbered(rows, "Supplier#"u8, key);
            Place(rows, random);
            rows.Numeric(random.Between(-999_99, 9999_99), 2);
            rows.Bytes(Prose.Text(random, 25, 100));
        }
    }

    private void Customers(RowWriter rows)
    {
        var random = new Prng(seed, "customer");
        for (int key = 1; key <= _sizes.Customers; key++)
        {
            rows.Row(8);
            rows.Int32(key);
            Numbered(rows, "Customer#"u8, key);
            Place(rows, random);
            rows.Numeric(random.Between(-999_99, 9999_99), 2);
            rows.Text(random.Pick(s_segments));
            rows.Bytes(Prose.Text(random, 29, 116));
        }
    }

    private void Parts(RowWriter rows)
    {
        var random = new Prng(seed, "part");
        for (int key = 1; key <= _sizes.Parts; key++)
        {
            long maker = random.Between(1, 5);
            rows.Row(9);
            rows.Int32(key);
            rows.Text(
                $"{random.Pick(Words.Adjectives)} {random.Pick(Words.Adjectives)} {random.Pick(Words.Adjectives)} "
                    + $"{random.Pick(Words.Nouns)}");
            rows.Text($"Manufacturer#{maker}");
            rows.Text($"Brand#{maker}{random.Between(1, 5)}");
            rows.Text(random.Pick(s_types));
            rows.Int32((int)random.Between(1, 50));
            rows.Text(random.Pick(s_containers));
            rows.Numeric(TpchOrder.RetailPrice(key), 2);
            rows.Bytes(Prose.Text(random, 5, 22));
        }
    }

    private void PartSuppliers(RowWriter rows)
    {
        var random = new Prng(seed, "partsupp");
        for (int part = 1; part <= _sizes.Parts; part++)
        {
            for (int which = 0; which < 4; which++)
            {
                rows.Row(5);
                rows.Int32(part);
                rows.Int32(TpchOrder.SupplierOf(_sizes, part, which));
                rows.Int32((int)random.Between(1, 9999));
                rows.Numeric(random.Between(1_00, 1000_00), 2);
                rows.Bytes(Prose.Text(random, 49, 198));
            }
        }
    }

    private void Orders(RowWriter rows)
    {
        var order = new TpchOrder(_sizes, Prng.Mix(seed, "order"));
        for (long number = 0; number < _sizes.Orders; number++)
        {
            order.Make(number);
            rows.Row(9);
            rows.Int64(order.Key);
            rows.Int32(order.Customer);
            rows.Bytes([(byte)order.Status]);
            rows.Numeric(order.TotalPrice, 2);
            rows.Date(order.Date);
            rows.Text(order.Random.Pick(s_priorities));
            Numbered(rows, "Clerk#"u8, (int)order.Random.Between(1, _sizes.Clerks));
            rows.Int32(0);
            rows.Bytes(Prose.Text(order.Random, 19, 78));
        }
    }

    private void Lines(RowWriter rows)
    {
        var random = new Prng(seed, "lineitem");
        var order = new TpchOrder(_sizes, Prng.Mix(seed, "order"));
        for (long number = 0; number < _sizes.Orders; number++)
        {
            order.Make(number);
            for (int index = 0; index < order.Lines.Length; index++)
            {
                Line(rows, order, index, random);
            }
        }
    }

    private void Line(RowWriter rows, TpchOrder order, int index, Prng random)
    {
        TpchOrder.Line line = order.Lines[index];
        rows.Row(16);
        rows.Int64(order.Key);
        rows.Int32(line.Part);
        rows.Int32(line.Supplier);
        rows.Int32(index + 1);
        rows.Numeric(line.Quantity * 100L, 2);
        rows.Numeric(line.ExtendedPrice, 2);
        rows.Numeric(line.Discount, 2);
        rows.Numeric(line.Tax, 2);
        rows.Bytes([(byte)line.ReturnFlag]);
        rows.Bytes(line.IsShipped ? "F"u8 : "O"u8);
        rows.Date(line.ShipDate);
        rows.Date(line.CommitDate);
        rows.Date(line.ReceiptDate);
        rows.Text(random.Pick(s_instructions));
        rows.Text(random.Pick(s_modes));
        rows.Bytes(Prose.Text(random, 10, 43));
    }

    // A name with a number of nine digits.
    private static void Numbered(RowWriter rows, ReadOnlySpan<byte> name, int number)
    {
        Span<byte> text = stackalloc byte[25];
        name.CopyTo(text);
        Utf8Formatter.TryFormat(number, text[name.Length..], out int length, new System.Buffers.StandardFormat('D', 9));
        rows.Bytes(text[..(name.Length + length)]);
    }

    // Address, nation and telephone.
    private static void Place(RowWriter rows, Prng random)
    {
        ReadOnlySpan<byte> letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ, "u8;
        Span<byte> address = stackalloc byte[40];
        address = address[..(int)random.Between(10, 40)];
        for (int index = 0; index < address.Length; index++)
        {
            address[index] = letters[(int)random.Below(letters.Length)];
        }

        long nation = random.Below(s_nations.Length);
        rows.Bytes(address);
        rows.Int32((int)nation);
        rows.Text($"{10 + nation}-{random.Between(100, 999)}-{random.Between(100, 999)}-{random.Between(1000, 9999)}");
    }
}
