namespace Association.Platform.Mail.Smtp;

/// <summary>One answer of the server.</summary>
/// <param name="Code">200 to 599.</param>
/// <param name="Lines">Without code; at least one, possibly empty.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int Longest = 500;

    /// <summary>2xx: done.</summary>
    public bool IsDone => Code / 100 == 2;

    /// <summary>3xx: go on.</summary>
    public bool IsGoOn => Code / 100 == 3;

    /// <summary>4xx: not now.</summary>
    public bool IsLater => Code / 100 == 4;

    /// <summary>5xx: not at all.</summary>
    public bool IsNever => Code / 100 == 5;

    /// <summary>On one line, as a person reads it: <c>550 5.1.1 No such user here</c>.</summary>
    public string Words
    {
        get
        {
            var words = $"{Code} {string.Join(' ', Lines.Select(l => l.Trim()).Where(l => l.Length > 0))}".Trim();
            return words.Length <= Longest ? words : words[..Longest] + "…";
        }
    }
}
