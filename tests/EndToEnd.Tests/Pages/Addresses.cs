using Association.Platform.Web.Modules;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Pages that open without an id, with who looks at them.</summary>
internal static class Addresses
{
    /// <summary>What a page of the list answers; refusals and missing pages are pages, too.</summary>
    public static int StatusOf(string login, string path) => (login, path) switch
    {
        (_, "/no-such-page" or "/office/jobs/no.such-job" or "/office/task?of=/office/gone") => 404,
        ("office", "/office/people") => 403,
        _ => 200,
    };

    public static readonly IReadOnlyList<(string Login, string Path)> All =
    [
        ("", "/"), ("", "/setup"), ("", "/sign-in"), ("", "/no-such-page"), ("", "/invitation"), ("", "/invitation?code=0000-0000-0000-0000-0000-0000"),
        ("office", "/office"), ("office", "/office/search"), ("office", "/office/search?q=Lebach"), ("office", "/office/components"), ("office", "/office/account"), ("office", "/office/account/second-factor"), ("office", "/office/people"),
        ("office", "/office/members"), ("office", "/office/members/new"), ("office", "/office/members/import"), ("office", "/office/members/clarifications"),
        ("office", "/office/members?cols=number,name,postal_code,tags,email&since=01.01.2000&missing=Email"), ("office", "/office/members/tags"), ("office", "/office/members/bulk/tag?n=5005&n=5006"), ("office", "/office/members/bulk/category?all=1&status=Active"), ("office", "/office/members/bulk/untag"), ("office", "/office/members/letters"), ("office", "/office/members/letters/new?n=5005&n=5007"),
        ("office", "/office/views"), ("office", "/office/views/new?list=membership.members&query=status%3DActive"), ("admin", "/office/views"),
        ("office", "/office/members/5005"), ("office", "/office/members/5005/edit"), ("office", "/office/members/5005/people"), ("office", "/office/members/5005/people/new"), ("office", "/office/members/5005/history"),
        ("office", "/office/members/5005/dues"), ("office", "/office/members/5005/account"), ("office", "/office/members/5005/value"), ("office", "/office/members/5005/payment"), ("office", "/office/members/5005/references"), ("office", "/office/members/5005/leave"),
        ("office", "/office/dues"), ("office", "/office/dues/new"), ("office", "/office/members/5005/category"), ("office", "/office/dues/calculator"), ("office", "/office/dues/calculator?member=5005&year=2027"), ("office", "/office/dues/regulation"), ("office", "/office/dues/regulation/1"), ("office", "/office/dues/regulation/1/compare"), ("office", "/office/dues/regulation/1/simulation"),
        ("office", "/office/invoices"), ("office", "/office/open-items"), ("office", "/office/ledger"),
        ("office", "/office/accounts/5005"), ("office", "/office/accounts/5005?from=2026-01-01&to=2026-12-31"), ("office", "/office/accounts/5005/refund"), ("office", "/office/opening-balances"), ("office", "/office/printing"), ("office", "/office/printing/letters"), ("office", "/office/printing/letters/new"),
        ("office", $"/office/task?of=%2Foffice%2Faccount%23of-{DemoPeople.All[0].Id.Value}"), ("office", "/office/task?of=/office/gone"),
        ("office", "/office/board-report"), ("board", "/office/board-report?from=2025-01-01&to=2025-12-31"), ("board", "/office/board-report?from=31.02.2026&to=2025-12-31"),
        ("office", "/office/jobs"), ("admin", "/office/jobs"), ("admin", "/office/jobs/operation.verify-books"), ("admin", "/office/jobs/no.such-job"),
        ("admin", "/office/settings"), ("admin", "/office/settings/association"), ("admin", "/office/settings/accounts"), ("admin", "/office/settings/accounts/change"), ("admin", "/office/settings/accounts/new"),
        ("admin", "/office/settings/letterhead"), ("admin", "/office/settings/office"), ("admin", "/office/settings/numbers"), ("admin", "/office/settings/claims"), ("admin", "/office/settings/four-eyes"), ("admin", "/office/settings/mail"), ("office", "/office/settings/mail"), ("admin", "/office/mail"), ("office", "/office/mail?undeliverable=1"), ("office", "/office/settings"), ("office", "/office/settings/claims"),
        ("admin", "/office"), ("admin", "/office/people"), ("admin", "/office/people/new"), ("admin", "/office/people/roles"), ("admin", "/office/people/deputies"), ("admin", $"/office/people/{DemoPeople.All[0].Id.Value}"),
        ("admin", "/office/messages"), ("admin", "/office/messages/scheduled"), ("admin", "/office/messages/dead"), ("admin", "/office/messages/dead?discarded=1"), ("admin", "/office/messages/dead?q=x"), ("admin", "/office/messages/dead/replay"), ("admin", "/office/messages/dead/discard"),
    ];
}
