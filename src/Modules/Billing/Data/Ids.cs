using Association.Platform.Data.Kernel;

namespace Association.Billing.Data;

/// <summary>The account of one member.</summary>
internal readonly record struct AccountId(Guid Value) : IEntityId<AccountId>
{
    public static AccountId From(Guid value) => new(value);

    public static AccountId New() => EntityIds.New<AccountId>();
}

/// <summary>An invoice or a cancellation.</summary>
internal readonly record struct InvoiceId(Guid Value) : IEntityId<InvoiceId>
{
    public static InvoiceId From(Guid value) => new(value);

    public static InvoiceId New() => EntityIds.New<InvoiceId>();
}

/// <summary>What is owed without an invoice: an open amount or a credit taken over from the books kept before, or the fee of a reminder.</summary>
internal readonly record struct ItemId(Guid Value) : IEntityId<ItemId>
{
    public static ItemId From(Guid value) => new(value);

    public static ItemId New() => EntityIds.New<ItemId>();
}

/// <summary>An entry of the journal.</summary>
internal readonly record struct PostingId(Guid Value) : IEntityId<PostingId>
{
    public static PostingId From(Guid value) => new(value);

    public static PostingId New() => EntityIds.New<PostingId>();
}
