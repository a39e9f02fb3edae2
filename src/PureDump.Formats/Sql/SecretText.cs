using System.Text;

namespace PureDump.Formats.Sql;

/// <summary>
/// Takes secrets out of text that is shown: passwords of roles, options of user mappings and servers, connection strings and URIs,
/// whatever is called a password, a secret, a token or a key. Statements, messages of servers and the program's own pass it where they
/// become a <see cref="Errors.PureDumpException"/> or a <see cref="Errors.ServerReport"/>; archives and scripts never do.
/// </summary>
internal static class SecretText
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "***";

    // A secret as short as a word is looked for as a word.
    private const int LongLength = 8;

    // Flows with the execution context, into the threads that are started inside the scope, and nowhere else.
    private static readonly AsyncLocal<bool> s_isShowing = new();

    /// <summary>
    /// Leaves secrets where they stand until the result is disposed of, for the caller and for the threads it starts meanwhile
    /// (<c>--show-secrets</c>).
    /// </summary>
    /// <param name="isShowing">False changes nothing.</param>
    public static IDisposable Showing(bool isShowing = true) => new ShowingScope(isShowing);

    /// <summary>A message, or any other text, without the secrets that can be told by what stands before them.</summary>
    public static string Masked(string message) => s_isShowing.Value ? message : Replace(message, SecretFinder.InMessage(message));

    /// <summary>A statement without the secrets in it.</summary>
    public static string MaskedStatement(string sql) => MaskedStatement(sql, 0, out _, out _);

    /// <summary>A statement without the secrets in it.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="position">A place in it: a character index, 1 for the first; 0 for none.</param>
    /// <param name="maskedPosition">The same place in the result.</param>
    /// <param name="secrets">What was taken out, as it stood there.</param>
    internal static string MaskedStatement(string sql, int position, out int maskedPosition, out IReadOnlyList<string> secrets)
    {
        IReadOnlyList<Range> found = s_isShowing.Value ? [] : SecretFinder.InStatement(sql);
        secrets = [.. found.Select(range => sql[range]).Where(static secret => secret.Length > 0 && secret != Mask).Distinct()];
        maskedPosition = found.Count == 0 || position <= 0 ? position : Moved(sql, position, found);
        return Replace(sql, found);
    }

    /// <summary>A message about a statement without what was taken out of the statement.</summary>
    internal static string Without(string message, IReadOnlyList<string> secrets)
    {
        foreach (string form in secrets.SelectMany(Forms).Distinct().OrderByDescending(static form => form.Length))
        {
            message = Without(message, form);
        }

        return message;
    }

    // As it stands in a literal, in a connection string in one, and by itself.
    private static IEnumerable<string> Forms(string secret)
    {
        string undoubled = secret.Replace("''", "'", StringComparison.Ordinal);
        foreach (string form in (string[])[secret, undoubled, Unescaped(undoubled), Unescaped(Unescaped(undoubled))])
        {
            if (form.Length > 0)
            {
                yield return form;
                yield return form.Replace("'", "''", StringComparison.Ordinal);
            }
        }
    }

    private static string Unescaped(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            result.Append(text[i]);
        }

        return result.ToString();
    }

    private static string Without(string message, string secret)
    {
        StringBuilder? result = null;
        int done = 0;
        for (int at = 0; (at = message.IndexOf(secret, at, StringComparison.Ordinal)) >= 0;)
        {
            int end = at + secret.Length;
            bool isWord =
                (at == 0 || !char.IsLetterOrDigit(message[at - 1])) && (end == message.Length || !char.IsLetterOrDigit(message[end]));
            if (isWord || secret.Length >= LongLength)
            {
                (result ??= new StringBuilder()).Append(message, done, at - done).Append(Mask);
                done = end;
            }

            at = end;
        }

        return result is null ? message : result.Append(message, done, message.Length - done).ToString();
    }

    private static string Replace(string text, IReadOnlyList<Range> found)
    {
        if (found.Count == 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        int done = 0;
        foreach (Range range in found)
        {
            result.Append(text, done, range.Start.Value - done).Append(Mask);
            done = range.End.Value;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    // Characters are the server's: a pair of surrogates is one.
    private static int Moved(string sql, int position, IReadOnlyList<Range> found)
    {
        int at = 0;
        for (int left = position - 1; left > 0 && at < sql.Length; left--)
        {
            at += IsPair(sql, at) ? 2 : 1;
        }

        int moved = position;
        foreach (Range range in found.TakeWhile(range => range.Start.Value < at))
        {
            int end = Math.Min(range.End.Value, at);
            int taken = Enumerable.Range(range.Start.Value, end - range.Start.Value).Count(i => !char.IsLowSurrogate(sql[i]));
            moved -= taken - (end == range.End.Value ? Mask.Length : 0);
        }

        return moved;
    }

    private static bool IsPair(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);

    private sealed class ShowingScope : IDisposable
    {
        private readonly bool _before = s_isShowing.Value;

        public ShowingScope(bool isShowing) => s_isShowing.Value |= isShowing;

        public void Dispose() => s_isShowing.Value = _before;
    }
}
