using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Association.Platform.Data.Kernel;

/// <summary>What keeps a text from being a Leitweg-ID.</summary>
public enum LeitwegIdFault
{
    /// <summary>Nothing was typed.</summary>
    Empty,

    /// <summary>Not of the form 2–12 digits, hyphen, up to 30 letters or digits, hyphen, two check digits.</summary>
    Form,

    /// <summary>The check digits do not match: probably one digit is mistyped.</summary>
    CheckDigits,
}

/// <summary>The address of a German public body for invoices (Leitweg-ID, format specification of KoSIT).</summary>
public readonly partial record struct LeitwegId
{
    private LeitwegId(string value) => Value = value;

    /// <summary>With hyphens, capitals: <c>04011000-1234512345-06</c>.</summary>
    public string Value { get; }

    /// <summary>Reads what a person typed; blanks around it and small letters are fine.</summary>
    /// <param name="text">May be null.</param>
    /// <param name="id">The id, when the answer is true.</param>
    /// <param name="fault">Why not, when the answer is false.</param>
    public static bool TryParse(string? text, out LeitwegId id, [NotNullWhen(false)] out LeitwegIdFault? fault)
    {
        id = default;
        var value = (text ?? "").Trim().ToUpperInvariant();
        fault = value switch
        {
            "" => LeitwegIdFault.Empty,
            _ when !Form().IsMatch(value) => LeitwegIdFault.Form,
            _ when Mod97.Of(value) != 1 => LeitwegIdFault.CheckDigits,
            _ => null,
        };
        if (fault is null)
            id = new LeitwegId(value);
        return fault is null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[0-9]{2,12}(-[0-9A-Z]{1,30})?-[0-9]{2}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
