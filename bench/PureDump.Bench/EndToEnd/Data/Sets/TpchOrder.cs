namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>
/// An order with its lines (TPC-H specification 4.2.3, O_* and L_*). Made anew from its number for each of its two tables,
/// so that dates, prices and states of both fit.
/// </summary>
internal sealed class TpchOrder(TpchSizes sizes, ulong seed)
{
    private const int LineCountMax = 7;

    /// <summary>The day that TPC-H calls today: what was to come before it has come.</summary>
    private static readonly int s_today = Day(1995, 6, 17);

    private static readonly int s_firstDay = Day(1992, 1, 1);
    private static readonly int s_lastDay = Day(1998, 12, 31) - 151;
    private readonly Prng _random = new(seed);
    private readonly Line[] _lines = new Line[LineCountMax];
    private int _lineCount;

    /// <summary>8 of every 32 keys are used.</summary>
    public long Key { get; private set; }

    public int Customer { get; private set; }

    /// <summary>In days since 2000.</summary>
    public int Date { get; private set; }

    /// <summary>F, O or P.</summary>
    public char Status { get; private set; }

    /// <summary>In cents.</summary>
    public long TotalPrice { get; private set; }

    public ReadOnlySpan<Line> Lines => _lines.AsSpan(0, _lineCount);

    /// <summary>What else is random about it.</summary>
    public Prng Random => _random;

    /// <summary>The price of a part in cents.</summary>
    public static long RetailPrice(int part) => 90_000 + (part / 10 % 20_001) + (100 * (part % 1000));

    /// <summary>The supplier of a part.</summary>
    /// <param name="sizes">How many there are.</param>
    /// <param name="part">From 1 on.</param>
    /// <param name="which">0 to 3.</param>
    public static int SupplierOf(TpchSizes sizes, int part, int which) =>
        (int)((part + (which * ((sizes.Suppliers / 4) + ((part - 1) / sizes.Suppliers)))) % sizes.Suppliers) + 1;

    /// <summary>Becomes another order.</summary>
    /// <param name="number">From 0 on.</param>
    public void Make(long number)
    {
        _random.Reseed(seed + (ulong)number);
        Key = (number / 8 * 32) + (number % 8) + 1;

        // A third of the customers never ordered anything.
        Customer = (int)_random.Between(1, sizes.Customers - 1);
        Customer += Customer % 3 == 0 ? 1 : 0;
        Date = (int)_random.Between(s_firstDay, s_lastDay);
        _lineCount = (int)_random.Between(1, LineCountMax);
        long total = 0;
        int shippedCount = 0;
        for (int index = 0; index < _lineCount; index++)
        {
            Line line = _lines[index] = MakeLine();
            total += line.ExtendedPrice * (100 + line.Tax) * (100 - line.Discount);
            shippedCount += line.IsShipped ? 1 : 0;
        }

        TotalPrice = total / 10_000;
        Status = shippedCount == _lineCount ? 'F' : shippedCount == 0 ? 'O' : 'P';
    }

    private Line MakeLine()
    {
        int part = (int)_random.Between(1, sizes.Parts);
        int quantity = (int)_random.Between(1, 50);
        int shipDate = Date + (int)_random.Between(1, 121);
        int receiptDate = shipDate + (int)_random.Between(1, 30);
        return new Line(
            part,
            SupplierOf(sizes, part, (int)_random.Below(4)),
            quantity,
            quantity * RetailPrice(part),
            (int)_random.Below(11),
            (int)_random.Below(9),
            receiptDate > s_today ? 'N' : _random.Chance(50) ? 'R' : 'A',
            shipDate <= s_today,
            shipDate,
            Date + (int)_random.Between(30, 90),
            receiptDate);
    }

    private static int Day(int year, int month, int day) => new DateOnly(year, month, day).DayNumber - new DateOnly(2000, 1, 1).DayNumber;

    /// <summary>A line. The price is in cents, discount and tax in percent, dates in days since 2000.</summary>
    internal readonly record struct Line(
        int Part,
        int Supplier,
        int Quantity,
        long ExtendedPrice,
        int Discount,
        int Tax,
        char ReturnFlag,
        bool IsShipped,
        int ShipDate,
        int CommitDate,
        int ReceiptDate);
}
