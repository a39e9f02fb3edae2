using System.Globalization;
using System.Text;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Sinks;

/// <summary>Puts the contents of large objects in their places; those of an entry are there together or not at all.</summary>
internal sealed class LargeObjectLoader(TargetSession session) : IRowLoader
{
    private const int StatementLengthMax = 4 * RowLimits.LargeObjectPieceMax;

    /// <inheritdoc/>
    public void Write(RowBlock block)
    {
        session.Begin();
        ReadOnlySpan<byte> rows = block.Bytes;
        var sql = new StringBuilder();
        while (!rows.IsEmpty)
        {
            LargeObjectPiece piece = LargeObjectPiece.Take(ref rows);
            sql.Append(CultureInfo.InvariantCulture, $"SELECT pg_catalog.lo_put({piece.Oid}, {piece.Offset}, '\\x");
            sql.Append(Convert.ToHexString(piece.Data));
            sql.Append("'::pg_catalog.bytea);\n");
            if (sql.Length >= StatementLengthMax || rows.IsEmpty)
            {
                session.Connection.Execute(sql.ToString());
                sql.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public void End()
    {
        // Each statement was answered.
    }

    /// <inheritdoc/>
    public void Abort()
    {
        // Nothing is held between two blocks.
    }
}
