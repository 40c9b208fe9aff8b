using System.Globalization;
using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Statement;

/// <summary>The statements of several members, from the beginning until today, as one PDF for the printer; memory holds one at a time.</summary>
/// <param name="Members">Their numbers, in the order of the pages; one without an account has no statement.</param>
/// <param name="Output">Written to asynchronously; left open.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record PrintStatements(IReadOnlyList<string> Members, Stream Output) : IQuery<StatementsPrinted>;

/// <summary>The PDF is written.</summary>
/// <param name="Statements">How many are in it.</param>
/// <param name="Pages">Empty backs counted.</param>
internal sealed record StatementsPrinted(int Statements, int Pages);

internal static class PrintStatementsHandler
{
    public static async Task<StatementsPrinted> HandleAsync(
        PrintStatements query,
        BillingDb db,
        IAssociationProfiles profiles,
        TimeProvider clock,
        IStringLocalizer<AccountTexts> texts,
        CancellationToken ct
    )
    {
        var (association, now) = (await profiles.CurrentAsync(ct), clock.GetUtcNow());
        // Every statement begins on a sheet of its own, also when the printer prints on both sides.
        using var bundle = new PdfBundle(
            query.Output,
            new PdfInformation(texts["Statement.Many"], association.Name, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, now),
            startOnFront: true
        );
        var statements = 0;
        foreach (var member in query.Members.Distinct(StringComparer.Ordinal))
        {
            if (await GetStatementHandler.HandleAsync(new GetStatement(member, null, null), db, clock, ct) is not { } statement)
                continue;
            await bundle.AddAsync(Letter.Render(StatementLetter.Write(statement, association, clock.Today(), now)), ct);
            statements++;
        }
        await bundle.FinishAsync(ct);
        return new StatementsPrinted(statements, bundle.PageCount);
    }

    /// <summary>The answer to a browser; not found when nobody is meant.</summary>
    public static IResult Download(IReadOnlyList<string> members, IMessageBus bus, IStringLocalizer<AccountTexts> texts, CancellationToken ct) =>
        members.Count == 0
            ? Results.NotFound()
            : Results.Stream(output => bus.QueryAsync(new PrintStatements(members, output), ct), "application/pdf", texts["File.Statements"] + ".pdf");
}
