using Association.Platform.Data.Kernel;

namespace Association.Membership.Members.Model;

internal readonly record struct ContactId(Guid Value) : IEntityId<ContactId>
{
    public static ContactId From(Guid value) => new(value);

    public static ContactId New() => EntityIds.New<ContactId>();
}

internal readonly record struct ContactFunctionId(Guid Value) : IEntityId<ContactFunctionId>
{
    public static ContactFunctionId From(Guid value) => new(value);

    public static ContactFunctionId New() => EntityIds.New<ContactFunctionId>();
}

internal readonly record struct InputValueId(Guid Value) : IEntityId<InputValueId>
{
    public static InputValueId From(Guid value) => new(value);

    public static InputValueId New() => EntityIds.New<InputValueId>();
}

internal readonly record struct ClarificationId(Guid Value) : IEntityId<ClarificationId>
{
    public static ClarificationId From(Guid value) => new(value);

    public static ClarificationId New() => EntityIds.New<ClarificationId>();
}
