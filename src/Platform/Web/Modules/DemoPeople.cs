using Association.Platform.Data.Users;

namespace Association.Platform.Web.Modules;

/// <summary>A person of a demo installation.</summary>
/// <param name="Login">What is typed at the sign-in and after <c>--as</c>.</param>
/// <param name="Name">As shown in the history.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Id">The same on every demo installation.</param>
public sealed record DemoPerson(string Login, string Name, string Role, UserId Id);

/// <summary>The people of a demo installation; they exist only there, because everybody knows their passwords.</summary>
public static class DemoPeople
{
    /// <summary>The password of every one of them.</summary>
    public const string Password = "demo-office-2026";

    /// <summary>Two of the office, so that one prepares and the other approves; the board; the administrator.</summary>
    public static readonly IReadOnlyList<DemoPerson> All =
    [
        Person("office", "Anna Dörr", Roles.Office, 1),
        Person("office2", "Jonas Thull", Roles.Office, 2),
        Person("board", "Dr. Nora Groß", Roles.Board, 3),
        Person("admin", "Rüdiger Lambert", Roles.Administrator, 4),
    ];

    private static DemoPerson Person(string login, string name, string role, int number) =>
        new(login, name, role, UserId.From(new Guid($"0190a0c0-0000-7000-8000-{number:x12}")));
}
