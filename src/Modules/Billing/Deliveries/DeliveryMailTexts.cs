namespace Association.Billing.Deliveries;

/// <summary>Marks the texts of mails that bring documents (DeliveryMailTexts.resx, .fr, .en): they speak the recipient's language, not the sender's.</summary>
internal sealed class DeliveryMailTexts;
