namespace Association.Billing.Deliveries;

/// <summary>Marks the texts beside it (DeliveryTexts.resx, .fr, .en): how documents left, and sending one again.</summary>
public sealed class DeliveryTexts;
