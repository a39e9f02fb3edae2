using System.Globalization;

namespace PureDump.Postgres.Wire;

/// <summary>
/// The character data behind <see cref="SaslPrep"/>, read from the resource SaslPrepTables.txt when the first password
/// that is not ASCII comes along. The base library has none of it with invariant globalization.
/// </summary>
internal sealed class SaslPrepTables
{
    private const string ResourceName = "SaslPrepTables.txt";

    private static readonly Lazy<SaslPrepTables> s_instance = new(Load);

    private readonly List<(int First, int Last)> _unassigned = [];
    private readonly List<(int First, int Last)> _rightToLeft = [];
    private readonly List<(int First, int Last)> _leftToRight = [];
    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<int, int> _combiningClasses = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];

    private SaslPrepTables()
    {
    }

    /// <summary>The tables.</summary>
    public static SaslPrepTables Instance => s_instance.Value;

    /// <summary>RFC 3454, table A.1.</summary>
    public bool IsUnassigned(int value) => Contains(_unassigned, value);

    /// <summary>RFC 3454, table D.1.</summary>
    public bool IsRightToLeft(int value) => Contains(_rightToLeft, value);

    /// <summary>RFC 3454, table D.2.</summary>
    public bool IsLeftToRight(int value) => Contains(_leftToRight, value);

    /// <summary>The full compatibility decomposition; null where the character stays as it is.</summary>
    public int[]? Decomposition(int value) => _decompositions.GetValueOrDefault(value);

    /// <summary>The canonical combining class; 0 for a starter.</summary>
    public int CombiningClass(int value) => _combiningClasses.GetValueOrDefault(value);

    /// <summary>What two characters compose to; null where they stay two.</summary>
    public int? Composition(int first, int second) => _compositions.TryGetValue((first, second), out int result) ? result : null;

    private static SaslPrepTables Load()
    {
        using Stream stream = typeof(SaslPrepTables).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"resource {ResourceName} is missing");
        using var reader = new StreamReader(stream);
        var tables = new SaslPrepTables();
        while (reader.ReadLine() is { } line)
        {
            foreach (Range range in line.AsSpan(1).Split(' '))
            {
                if (line[0] != '#' && line.AsSpan(1)[range] is { IsEmpty: false } item)
                {
                    tables.Add(line[0], item);
                }
            }
        }

        return tables;
    }

    private static bool Contains(List<(int First, int Last)> ranges, int value)
    {
        int low = 0;
        int high = ranges.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (value < ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (value > ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static (int First, int Last) Interval(ReadOnlySpan<char> text)
    {
        int dash = text.IndexOf('-');
        return dash < 0 ? (Number(text), Number(text)) : (Number(text[..dash]), Number(text[(dash + 1)..]));
    }

    private void Add(char table, ReadOnlySpan<char> item)
    {
        int equals = item.IndexOf('=');
        switch (table)
        {
            case 'A':
                _unassigned.Add(Interval(item));
                break;
            case 'R':
                _rightToLeft.Add(Interval(item));
                break;
            case 'L':
                _leftToRight.Add(Interval(item));
                break;
            case 'D':
                string[] parts = item[(equals + 1)..].ToString().Split('+');
                _decompositions[Number(item[..equals])] = Array.ConvertAll(parts, static part => Number(part));
                break;
            case 'K':
                (int first, int last) = Interval(item[..equals]);
                for (int value = first; value <= last; value++)
                {
                    _combiningClasses[value] = Number(item[(equals + 1)..]);
                }

                break;
            case 'C':
                int plus = item.IndexOf('+');
                _compositions[(Number(item[..plus]), Number(item[(plus + 1)..equals]))] = Number(item[(equals + 1)..]);
                break;
            default:
                throw new InvalidOperationException($"resource {ResourceName} has an unknown table '{table}'");
        }
    }
}
