using PureDump.Formats.Errors;

namespace PureDump.Engine.Replay;

/// <summary>
/// Where a script stands in its <c>\if</c> blocks (conditional.c, and exec_command_if and its companions in command.c). What stands in a
/// branch that is not taken is passed over.
/// </summary>
internal sealed class ConditionStack
{
    private const int DepthMax = 10_000;

    private readonly Stack<Branch> _branches = [];

    private enum Branch
    {
        // Behind \if or \elif: taken, not taken yet, and not taken any more whatever comes.
        True,
        False,
        Ignored,
        ElseTrue,
        ElseFalse,
    }

    /// <summary>False where commands and statements are passed over.</summary>
    public bool IsActive => !_branches.TryPeek(out Branch top) || top is Branch.True or Branch.ElseTrue;

    /// <summary>True between an <c>\if</c> and its <c>\endif</c>.</summary>
    public bool IsOpen => _branches.Count > 0;

    /// <summary>Whether a command is one of those that this is about.</summary>
    public static bool IsBranching(string name) => name is "if" or "elif" or "else" or "endif";

    /// <summary>True where the expression of <c>\if</c> or <c>\elif</c> decides which branch is taken.</summary>
    public bool Evaluates(string name) =>
        name == "if" ? IsActive : name == "elif" && _branches.TryPeek(out Branch top) && top == Branch.False;

    /// <summary>Goes on with a branching command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isTrue">What its expression says, where it <see cref="Evaluates"/>.</param>
    /// <exception cref="PureDumpException">It stands where it cannot (<see cref="ErrorKind.Usage"/>).</exception>
    public void Go(string name, bool isTrue)
    {
        switch (name)
        {
            case "if" when _branches.Count >= DepthMax:
                throw new PureDumpException(ErrorKind.ScriptRefused, $"\\if is nested more than {DepthMax} deep");
            case "if":
                _branches.Push(!IsActive ? Branch.Ignored : isTrue ? Branch.True : Branch.False);
                break;
            case "elif":
                Poke(name, top => top == Branch.False ? isTrue ? Branch.True : Branch.False : Branch.Ignored);
                break;
            case "else":
                Poke(name, static top => top == Branch.False ? Branch.ElseTrue : Branch.ElseFalse);
                break;
            default:
                _ = Top(name);
                _branches.Pop();
                break;
        }
    }

    private Branch Top(string name) =>
        _branches.TryPeek(out Branch top) ? top : throw new PureDumpException(ErrorKind.Usage, $"\\{name}: no matching \\if");

    private void Poke(string name, Func<Branch, Branch> next)
    {
        Branch top = Top(name);
        if (top is Branch.ElseTrue or Branch.ElseFalse)
        {
            throw new PureDumpException(ErrorKind.Usage, $"\\{name}: cannot occur after \\else");
        }

        _branches.Pop();
        _branches.Push(next(top));
    }
}
