using System.Text;
using PureDump.Formats.Codec;
using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>What a stream is is told by its first bytes, and by no more of them than it takes: the next may never come.</summary>
public sealed class ScriptHeadTests
{
    [Theory]
    [InlineData("-- a dump", 4, true)]
    [InlineData("\\restrict k", 4, true)]
    [InlineData("\ufeff \n/* a */", 7, true)]
    [InlineData("SET x = 1;", 4, true)]
    [InlineData("create table t (x int);", 7, true)]
    [InlineData("DO;\n", 4, true)]
    [InlineData("DOT ", 4, false)]
    [InlineData("PGDMP\u0001\u0010", 4, false)]
    [InlineData("SELECTED ", 7, false)]
    [InlineData("- no comment", 4, false)]
    [InlineData("12345", 4, false)]
    public void As_many_bytes_as_tell_are_enough(string text, int enough, bool isScript)
    {
        byte[] head = Encoding.UTF8.GetBytes(text);
        for (int count = 0; count <= head.Length; count++)
        {
            Assert.Equal(count >= enough, ScriptHead.IsEnough(head.AsSpan(0, count)));
        }

        Assert.Equal(isScript, ScriptHead.IsScript(head.AsSpan(0, enough)));
        Assert.Equal(isScript, ScriptHead.IsScript(head));
    }

    [Theory]
    [InlineData(new byte[] { 0x1f, 0x8b, 8, 0 }, StreamMethod.Gzip)]
    [InlineData(new byte[] { 0x28, 0xb5, 0x2f, 0xfd }, StreamMethod.Zstd)]
    [InlineData(new byte[] { 0x04, 0x22, 0x4d, 0x18 }, StreamMethod.Lz4)]
    public void A_magic_number_is_enough(byte[] head, Enum method)
    {
        Assert.True(ScriptHead.IsEnough(head));
        Assert.False(ScriptHead.IsEnough(head.AsSpan(0, 3)));
        Assert.Equal((StreamMethod)method, ScriptHead.MethodOf(head));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t  ")]
    [InlineData("SELE")]
    public void What_may_become_a_script_is_not_enough_and_none_so_far(string text)
    {
        byte[] head = Encoding.UTF8.GetBytes(text);
        Assert.False(ScriptHead.IsEnough(head));
        Assert.False(ScriptHead.IsScript(head));
    }
}
