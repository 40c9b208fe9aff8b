namespace Association.Platform.Web.Security;

/// <summary>
/// Marks a page that looks up a secret which somebody typed or followed: an address that asks often is sent away, also when it only reads, and the address
/// of the page, in which the secret stands, is told to nobody.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SecretPageAttribute : Attribute;
