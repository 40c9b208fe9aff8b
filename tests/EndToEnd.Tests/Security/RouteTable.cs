using Association.Platform.Web.Modules;

namespace Association.EndToEnd.Tests.Security;

/// <summary>Who may open which address: every address of the product has a row here, or the test fails.</summary>
internal static class RouteTable
{
    private const string Anonymous = "";
    private static readonly string[] Everybody = [Anonymous, Roles.Office, Roles.Board, Roles.Administrator];
    private static readonly string[] SignedIn = [Roles.Office, Roles.Board, Roles.Administrator];
    private static readonly string[] OfficeAndBoard = [Roles.Office, Roles.Board];
    private static readonly string[] Office = [Roles.Office];
    private static readonly string[] Administrator = [Roles.Administrator];

    public static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["/"] = Everybody,
        ["/sign-in"] = Everybody,
        ["/sign-in/code"] = Everybody,
        ["/set-password/{Id:guid}"] = Everybody,
        ["/status"] = Everybody,
        ["/language/{language}"] = Everybody,
        ["/health/live"] = Everybody,
        ["/health/ready"] = Everybody,
        ["/sign-out"] = SignedIn,
        ["/office"] = SignedIn,
        ["/office/search"] = SignedIn,
        ["/office/components"] = SignedIn,
        ["/office/account"] = SignedIn,
        ["/office/account/second-factor"] = SignedIn,
        ["/office/people"] = Administrator,
        ["/office/people/new"] = Administrator,
        ["/office/people/{Id:guid}"] = Administrator,
        ["/office/task"] = SignedIn,
        ["/office/jobs"] = SignedIn,
        ["/office/jobs/{Name}"] = SignedIn,
        ["/office/messages"] = Administrator,
        ["/office/messages/scheduled"] = Administrator,
        ["/office/messages/dead"] = Administrator,
        ["/office/messages/dead/{Id:guid}"] = Administrator,
        ["/office/messages/dead/replay"] = Administrator,
        ["/office/messages/dead/discard"] = Administrator,

        ["/office/views"] = SignedIn,
        ["/office/views/new"] = SignedIn,
        ["/office/views/{Id:guid}"] = SignedIn,

        ["/office/members"] = OfficeAndBoard,
        ["/office/members/tags"] = OfficeAndBoard,
        ["/office/members/tags/{Id:guid}"] = Office,
        ["/office/members/bulk/{Action}"] = Office,
        ["/office/members/bulk/{Id:guid}"] = Office,
        ["/office/members/export"] = OfficeAndBoard,
        ["/office/members/clarifications"] = Office,
        ["/office/members/new"] = Office,
        ["/office/members/{Number}"] = OfficeAndBoard,
        ["/office/members/{Number}/{Panel}"] = OfficeAndBoard,
        ["/office/members/{Number}/people"] = OfficeAndBoard,
        ["/office/members/{Number}/history"] = OfficeAndBoard,
        ["/office/members/{Number}/category"] = Office,
        ["/office/members/{Number}/edit"] = Office,
        ["/office/members/{Number}/leave"] = Office,
        ["/office/members/{Number}/payment"] = Office,
        ["/office/members/{Number}/people/new"] = Office,
        ["/office/members/{Number}/people/{ContactGuid:guid}"] = Office,
        ["/office/members/{Number}/people/{ContactGuid:guid}/end"] = Office,
        ["/office/members/{Number}/recipient"] = Office,
        ["/office/members/{Number}/remove"] = Office,
        ["/office/members/{Number}/value"] = Office,
        ["/office/members/import"] = Office,
        ["/office/members/import/{DraftId:guid}"] = Office,
        ["/office/members/import/{DraftId:guid}/columns"] = Office,
        ["/office/members/import/{draft:guid}/errors.xlsx"] = Office,
        ["/office/members/import/undo/{ImportId:guid}"] = Office,

        ["/office/dues"] = OfficeAndBoard,
        ["/office/dues/corrections/{Charge:guid}"] = OfficeAndBoard,
        ["/office/dues/calculator"] = OfficeAndBoard,
        ["/office/dues/regulation"] = OfficeAndBoard,
        ["/office/dues/{Code}"] = OfficeAndBoard,
        ["/office/dues/{Code}/charges"] = OfficeAndBoard,
        ["/office/dues/{code}/charges.xlsx"] = OfficeAndBoard,

        ["/office/invoices"] = OfficeAndBoard,
        ["/office/invoices/{Number}/recipient"] = Office,
        ["/office/invoices/{Number}/relief"] = OfficeAndBoard,
        ["/office/invoices/{Number}"] = OfficeAndBoard,
        ["/office/invoices/{number}/document.pdf"] = OfficeAndBoard,
        ["/office/invoices/documents.zip"] = OfficeAndBoard,
        ["/office/invoices/print.pdf"] = OfficeAndBoard,
        ["/office/invoices/list.xlsx"] = OfficeAndBoard,
        ["/office/invoices/{Number}/cancel"] = Office,
        ["/office/invoices/{Number}/payment"] = Office,
        ["/office/open-items"] = OfficeAndBoard,
        ["/office/open-items/list.xlsx"] = OfficeAndBoard,
        ["/office/ledger"] = OfficeAndBoard,
        ["/office/accounts/{Number}"] = OfficeAndBoard,
        ["/office/opening-balances"] = Office,
        ["/office/opening-balances/{DraftId:guid}"] = Office,
        ["/office/opening-balances/undo/{ImportId:guid}"] = Office,
        ["/office/opening-balances/{import:guid}/file"] = Office,
        ["/office/opening-balances/template.xlsx"] = Office,
        ["/office/accounts/{number}/statement.pdf"] = OfficeAndBoard,
        ["/office/accounts/{number}/statement.xlsx"] = OfficeAndBoard,
        ["/office/accounts/{Number}/refund"] = Office,
        ["/office/ledger/list.xlsx"] = OfficeAndBoard,
    };
}
