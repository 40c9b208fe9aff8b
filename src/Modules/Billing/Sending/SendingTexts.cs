namespace Association.Billing.Sending;

/// <summary>Marks the texts beside it (SendingTexts.resx, .fr, .en): sending what waits.</summary>
public sealed class SendingTexts;
