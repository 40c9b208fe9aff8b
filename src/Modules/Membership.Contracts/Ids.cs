using Association.Platform.Data.Kernel;

namespace Association.Membership.Contracts;

/// <summary>A member: an organisation or a person.</summary>
public readonly record struct MemberId(Guid Value) : IEntityId<MemberId>
{
    /// <inheritdoc/>
    public static MemberId From(Guid value) => new(value);

    /// <summary>A new id.</summary>
    public static MemberId New() => EntityIds.New<MemberId>();
}

/// <summary>A dues run (Beitragslauf).</summary>
public readonly record struct DuesRunId(Guid Value) : IEntityId<DuesRunId>
{
    /// <inheritdoc/>
    public static DuesRunId From(Guid value) => new(value);

    /// <summary>A new id.</summary>
    public static DuesRunId New() => EntityIds.New<DuesRunId>();
}

/// <summary>The correction of a charge that was calculated wrongly.</summary>
public readonly record struct CorrectionId(Guid Value) : IEntityId<CorrectionId>
{
    /// <inheritdoc/>
    public static CorrectionId From(Guid value) => new(value);

    /// <summary>A new id.</summary>
    public static CorrectionId New() => EntityIds.New<CorrectionId>();
}

/// <summary>One claim on one member for one dues kind and period.</summary>
public readonly record struct ChargeId(Guid Value) : IEntityId<ChargeId>
{
    /// <inheritdoc/>
    public static ChargeId From(Guid value) => new(value);

    /// <summary>A new id.</summary>
    public static ChargeId New() => EntityIds.New<ChargeId>();
}
