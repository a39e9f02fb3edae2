using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>By which type's values an operator class compares what is in arrays, composites and ranges.</summary>
public sealed class OperatorClassTextTests
{
    [Theory]
    [InlineData("s.c", "    DEFAULT FOR TYPE public.ct USING btree FAMILY s.c AS\n    OPERATOR 1 public.<(a,a);\n", "public.ct")]
    [InlineData("s.\"c DEFAULT\"", "    DEFAULT FOR TYPE point USING hash FAMILY s.c AS\n    STORAGE point;\n", "point")]
    [InlineData("s.c", "    DEFAULT FOR TYPE public.\"A type USING \"\"b\"[] USING btree AS\n", "public.\"A type USING \"\"b\"[]")]
    [InlineData("s.c", "    DEFAULT FOR TYPE timestamp with time zone USING btree AS\n", "timestamp with time zone")]
    [InlineData("s.c", "    FOR TYPE integer USING btree FAMILY s.c AS\n    STORAGE integer;\n", null)]
    [InlineData("s.c", "    DEFAULT FOR TYPE integer USING gist FAMILY s.c AS\n    STORAGE integer;\n", null)]
    [InlineData("s.c", "    DEFAULT FOR TYPE ", null)]
    [InlineData("s", "", null)]
    public void A_default_class_of_a_btree_or_hash_says_it(string name, string rest, string? type) =>
        Assert.Equal(type, OperatorClassText.ComparedType($"CREATE OPERATOR CLASS {name}\n{rest}"));
}
