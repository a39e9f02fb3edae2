using PureDump.Formats.Entries;
using PureDump.Formats.Script;

namespace PureDump.Tests.Transfer;

/// <summary>What holds values of a type calls what belongs to the type.</summary>
public sealed class CallingTypesTests
{
    private static readonly Dictionary<string, string[]> s_needs = new()
    {
        ["range"] = [],
        ["array of range"] = ["range"],
        ["composite"] = ["array of range", "plain"],
        ["plain"] = [],
        ["compared"] = [],
        ["table"] = ["compared", "function"],
        ["row in table"] = ["table"],
        ["checked"] = ["plain"],
        ["checked by comparing"] = ["compared"],
        ["unchecked"] = ["compared"],
        ["of checked"] = ["checked", "of itself"],
        ["of itself"] = ["of checked"],
    };

    [Fact]
    public void Without_functions_of_users_there_are_none()
    {
        CallingTypes<string> types = Of(static _ => false, static _ => false, static (_, _) => false);

        Assert.DoesNotContain(s_needs.Keys, types.AreCalledToMake);
        Assert.DoesNotContain(s_needs.Keys, types.AreCalledToUse);
    }

    [Fact]
    public void Those_of_a_type_are_called_by_all_that_hold_it()
    {
        CallingTypes<string> types = Of(
            static type => type == "range",
            static type => type == "compared",
            static (type, isUsed) => type == "checked" || (type == "checked by comparing" && isUsed));

        Assert.Equal(
            ["range", "array of range", "composite", "checked", "checked by comparing", "of checked", "of itself"],
            s_needs.Keys.Where(types.AreCalledToMake));
        Assert.Equal(
            ["range", "array of range", "composite", "compared", "table", "row in table", "checked by comparing", "unchecked"],
            s_needs.Keys.Where(types.AreCalledToUse));
    }

    private static CallingTypes<string> Of(
        Func<string, bool> callsItself,
        Func<string, bool> isCompared,
        Func<string, bool, bool> isChecked) => new(s_needs.Keys, static type => s_needs[type], callsItself, isCompared, isChecked);
}
