namespace PureDump.Formats.Values;

/// <summary>Geometric values and cubes (geo_ops.c, path_encode; cube.c, cube_out).</summary>
internal static class ShapeText
{
    private const int PointSize = 16;
    private const uint CubePointFlag = 0x80000000;
    private const int CubeDimensionMax = 100;

    /// <summary>Adds a point.</summary>
    public static void AddPoint(ref ValueReader reader, TextBuffer target)
    {
        target.Add((byte)'(');
        FloatText.Add(reader.Float8(), target);
        target.Add((byte)',');
        FloatText.Add(reader.Float8(), target);
        target.Add((byte)')');
    }

    /// <summary>Adds so many points with commas between them.</summary>
    public static void AddPoints(int count, ref ValueReader reader, TextBuffer target)
    {
        for (int i = 0; i < count; i++)
        {
            target.Add(i > 0 ? ","u8 : ""u8);
            AddPoint(ref reader, target);
            target.Relieve();
        }
    }

    /// <summary>Adds a line segment.</summary>
    public static void AddSegment(ref ValueReader reader, TextBuffer target)
    {
        target.Add((byte)'[');
        AddPoints(2, ref reader, target);
        target.Add((byte)']');
    }

    /// <summary>Adds a path, in round brackets where it is closed.</summary>
    public static void AddPath(ref ValueReader reader, TextBuffer target)
    {
        bool isClosed = reader.Byte() != 0;
        target.Add(isClosed ? (byte)'(' : (byte)'[');
        AddPoints(reader.Count(PointSize), ref reader, target);
        target.Add(isClosed ? (byte)')' : (byte)']');
    }

    /// <summary>Adds a polygon.</summary>
    public static void AddPolygon(ref ValueReader reader, TextBuffer target)
    {
        target.Add((byte)'(');
        AddPoints(reader.Count(PointSize), ref reader, target);
        target.Add((byte)')');
    }

    /// <summary>Adds a line, by the three numbers of its equation.</summary>
    public static void AddLine(ref ValueReader reader, TextBuffer target)
    {
        target.Add((byte)'{');
        FloatText.Add(reader.Float8(), target);
        target.Add((byte)',');
        FloatText.Add(reader.Float8(), target);
        target.Add((byte)',');
        FloatText.Add(reader.Float8(), target);
        target.Add((byte)'}');
    }

    /// <summary>Adds a circle.</summary>
    public static void AddCircle(ref ValueReader reader, TextBuffer target)
    {
        target.Add((byte)'<');
        AddPoint(ref reader, target);
        target.Add((byte)',');
        FloatText.Add(reader.Float8(), target);
        target.Add((byte)'>');
    }

    /// <summary>Adds a cube: one corner where both are the same.</summary>
    public static void AddCube(ref ValueReader reader, TextBuffer target)
    {
        uint header = reader.UInt4();
        int dimensionCount = (int)(header & ~CubePointFlag);
        if (dimensionCount > CubeDimensionMax)
        {
            throw reader.Malformed($"it announces {dimensionCount} dimensions");
        }

        ReadOnlySpan<byte> lower = reader.Take(dimensionCount * sizeof(double));
        AddCorner(lower, target);
        if ((header & CubePointFlag) != 0)
        {
            return;
        }

        ReadOnlySpan<byte> upper = reader.Take(dimensionCount * sizeof(double));
        if (!lower.SequenceEqual(upper))
        {
            target.Add(","u8);
            AddCorner(upper, target);
        }
    }

    private static void AddCorner(ReadOnlySpan<byte> corner, TextBuffer target)
    {
        target.Add((byte)'(');
        for (int at = 0; at < corner.Length; at += sizeof(double))
        {
            target.Add(at > 0 ? ", "u8 : ""u8);
            FloatText.Add(System.Buffers.Binary.BinaryPrimitives.ReadDoubleBigEndian(corner[at..]), target);
        }

        target.Add((byte)')');
    }
}
