using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Association.Platform.Mail.Outgoing;

/// <summary>Texts of mails and the server's password as the database keeps them. The keys lie in the same database: this keeps secrets out of sight, not out
/// of a stolen backup.</summary>
internal sealed class MailContents(IDataProtectionProvider protection)
{
    private readonly IDataProtector _texts = protection.CreateProtector("association.mail.content");
    private readonly IDataProtector _passwords = protection.CreateProtector("association.mail.password");

    public byte[] Protect(string text) => _texts.Protect(Encoding.UTF8.GetBytes(text));

    public string Read(byte[] content) => Encoding.UTF8.GetString(_texts.Unprotect(content));

    public byte[] ProtectPassword(string password) => _passwords.Protect(Encoding.UTF8.GetBytes(password));

    public string ReadPassword(byte[] password) => Encoding.UTF8.GetString(_passwords.Unprotect(password));
}
