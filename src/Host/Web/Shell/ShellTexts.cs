namespace Association.Host.Web.Shell;

/// <summary>Marks the texts beside it (ShellTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
internal sealed class ShellTexts;
