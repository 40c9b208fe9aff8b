namespace Association.Billing.Printing;

/// <summary>Marks the texts beside it (PrintingTexts.resx, .fr, .en): print batches and covering letters.</summary>
public sealed class PrintingTexts;
