using Association.Membership.Import.Reading;

namespace Association.Membership.Import;

/// <summary>A list, or what was said about it, cannot be used at all; nothing was read from it and nothing written.</summary>
internal sealed class ImportRefusedException(Reason reason) : Exception(reason.Key)
{
    public Reason Reason { get; } = reason;
}
