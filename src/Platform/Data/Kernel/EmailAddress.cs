using System.Diagnostics.CodeAnalysis;

namespace Association.Platform.Data.Kernel;

/// <summary>What keeps a text from being an e-mail address.</summary>
public enum EmailFault
{
    /// <summary>Nothing was typed.</summary>
    Empty,

    /// <summary>There is no @, for example „k.A.“.</summary>
    NoAt,

    /// <summary>The @ is spelled out: „name(at)example.com“.</summary>
    SpelledOut,

    /// <summary>Several addresses, or a name beside the address.</summary>
    Several,

    /// <summary>The part before the @ is empty, too long or has characters that no mailbox has.</summary>
    Mailbox,

    /// <summary>The part after the @ is no domain: „example“, „example..com“.</summary>
    Domain,
}

/// <summary>An address that a mail can be sent to: one mailbox at one domain, no display name, no comment (RFC 5321, dot-atom form).</summary>
public readonly record struct EmailAddress
{
    private EmailAddress(string value) => Value = value;

    /// <summary>As typed, without blanks around it.</summary>
    public string Value { get; }

    /// <summary>Reads what a person typed.</summary>
    /// <param name="text">May be null.</param>
    /// <param name="address">The address, when the answer is true.</param>
    /// <param name="fault">Why not, when the answer is false.</param>
    public static bool TryParse(string? text, out EmailAddress address, [NotNullWhen(false)] out EmailFault? fault)
    {
        address = default;
        var value = (text ?? "").Trim();
        fault = FaultOf(value);
        if (fault is null)
            address = new EmailAddress(value);
        return fault is null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static EmailFault? FaultOf(string value)
    {
        if (value.Length == 0)
            return EmailFault.Empty;
        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return value.Contains("(at)", StringComparison.OrdinalIgnoreCase) || value.Contains("[at]", StringComparison.OrdinalIgnoreCase)
                ? EmailFault.SpelledOut
                : EmailFault.NoAt;
        if (value.IndexOf('@', at + 1) >= 0 || value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ';' or ',' or '<' or '>'))
            return EmailFault.Several;
        if (!IsMailbox(value[..at]))
            return EmailFault.Mailbox;
        return IsDomain(value[(at + 1)..]) ? null : EmailFault.Domain;
    }

    private static bool IsMailbox(string text) =>
        text.Length is > 0 and <= 64
        && text.Split('.')
            .All(atom => atom.Length > 0 && atom.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal)));

    private static bool IsDomain(string text)
    {
        var labels = text.Split('.');
        return text.Length <= 189
            && labels.Length >= 2
            && labels[^1].Length >= 2
            && !labels[^1].All(char.IsAsciiDigit)
            && labels.All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsLetterOrDigit(c) || c == '-'));
    }
}
