namespace Association.Membership.Import.Reading;

/// <summary>Why something was not taken as typed, as a key of the texts, so that it is said in the reader's language.</summary>
/// <param name="Key">In ImportTexts, after <c>Reason.</c></param>
/// <param name="Args">What the sentence names; themselves reasons where they are words.</param>
internal sealed record Reason(string Key, params object[] Args)
{
    public bool Equals(Reason? other) => other is not null && Key == other.Key && Args.SequenceEqual(other.Args);

    public override int GetHashCode() => HashCode.Combine(Key, Args.Length);
}
