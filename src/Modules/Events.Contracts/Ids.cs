using Association.Platform.Data.Kernel;

namespace Association.Events.Contracts;

/// <summary>An event of the association.</summary>
public readonly record struct EventId(Guid Value) : IEntityId<EventId>
{
    /// <inheritdoc/>
    public static EventId From(Guid value) => new(value);

    /// <summary>A new id.</summary>
    public static EventId New() => EntityIds.New<EventId>();
}

/// <summary>One person's registration for one event.</summary>
public readonly record struct RegistrationId(Guid Value) : IEntityId<RegistrationId>
{
    /// <inheritdoc/>
    public static RegistrationId From(Guid value) => new(value);

    /// <summary>A new id.</summary>
    public static RegistrationId New() => EntityIds.New<RegistrationId>();
}
