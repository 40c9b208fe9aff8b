using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.SignIn;

/// <summary>What Identity refuses, in the reader's language.</summary>
internal sealed class PasswordErrors(IStringLocalizer<PeopleTexts> texts) : IdentityErrorDescriber
{
    public override IdentityError PasswordTooShort(int length) =>
        new() { Code = nameof(PasswordTooShort), Description = texts["Error.PasswordTooShort", length] };

    public override IdentityError PasswordMismatch() => new() { Code = nameof(PasswordMismatch), Description = texts["Error.PasswordMismatch"] };

    public override IdentityError DuplicateUserName(string userName) => new() { Code = nameof(DuplicateUserName), Description = texts["Error.LoginTaken"] };

    public override IdentityError InvalidUserName(string? userName) => new() { Code = nameof(InvalidUserName), Description = texts["Error.LoginInvalid"] };
}
