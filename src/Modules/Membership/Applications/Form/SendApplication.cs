using Association.Membership.Applications.Model;
using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Applications.Form;

/// <summary>Somebody applies for membership. Sent again with the same id, it is the same application. Answers its number.</summary>
/// <param name="Id">Of the form; the browser keeps it from the first page on.</param>
/// <param name="Form">As typed.</param>
/// <param name="Statutes">Statutes and dues regulation are accepted.</param>
/// <param name="Privacy">The privacy notice was read.</param>
/// <param name="Mandate">A SEPA mandate is given, for the account in the form.</param>
[AnyoneMay("Who wants to become a member has no access yet; nothing is answered but the number of the new application.")]
internal sealed record SendApplication(Guid Id, ApplicationForm Form, bool Statutes, bool Privacy, bool Mandate) : ICommand;

internal static class SendApplicationHandler
{
    /// <summary>So many applications with one mail address in a day are enough: nobody fills a stranger's mailbox with confirmations.</summary>
    private const int MostADay = 3;

    public static Task<ApplicationTerms> LoadAsync(SendApplication command, MembershipDb db, TimeProvider clock, CancellationToken ct) =>
        ApplicationTerms.ReadAsync(db, clock.Today(), ct);

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        SendApplication command,
        ApplicationTerms terms,
        MembershipDb db,
        ApplicationRules rules,
        TimeProvider clock,
        IStringLocalizer<ApplicationTexts> texts,
        CancellationToken ct
    )
    {
        if (!terms.IsOpen)
            return [new("", texts["Problem.Closed"])];
        var form = Tidy(command, terms);
        var problems = rules.Problems(form, terms, clock.Today()).ToList();
        if (command.Id == Guid.Empty)
            problems.Add(new("", texts["Problem.Form"]));
        if (command.Mandate && form.Iban is null)
            problems.Add(new(nameof(form.Iban), texts["Problem.Iban"]));
        if (!command.Statutes)
            problems.Add(new(nameof(command.Statutes), texts["Problem.Statutes"]));
        if (!command.Privacy)
            problems.Add(new(nameof(command.Privacy), texts["Problem.Privacy"]));
        if (problems.Count > 0)
            return problems;
        var (known, others) = await (await db.ConnectionAsync(ct)).QuerySingleAsync<(string? Typed, int Others)>(
            new CommandDefinition(
                """
                select (select typed::text from membership.membership_application where id = @Id),
                       (select count(*)::int from membership.membership_application
                         where lower(form ->> 'email') = lower(@Email) and id <> @Id and received_at > @since)
                """,
                new
                {
                    command.Id,
                    form.Email,
                    since = clock.GetUtcNow().AddDays(-1),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (known is not null)
            return ApplicationForm.Read(known) == form ? [] : [new("", texts["Problem.Sent"])];
        return others >= MostADay ? [new(nameof(form.Email), texts["Problem.TooMany", form.Email])] : [];
    }

    public static async Task<int> HandleAsync(
        SendApplication command,
        ApplicationTerms terms,
        MembershipDb db,
        IAssociationProfiles profiles,
        IOutgoingMails mails,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (form, now, connection) = (Tidy(command, terms), clock.GetUtcNow(), await db.ConnectionAsync(ct));
        var association = await profiles.CurrentAsync(ct);
        // By SQL, because of two that arrive together the second shall find the first instead of failing.
        var number = await connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(
                """
                insert into membership.membership_application (id, typed, form, consents, received_at, category)
                values (@Id, @form::jsonb, @form::jsonb, @consents::jsonb, @now, @Category) on conflict (id) do nothing returning number
                """,
                new
                {
                    command.Id,
                    form = form.Write(),
                    consents = Consents.Write(Consents.Of(command.Mandate, association, now)),
                    now,
                    form.Category,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (number is { } fresh)
        {
            await mails.AddAsync(ReceivedMail.For(command.Id, fresh, form, terms, association, now), ct);
            return fresh;
        }
        return await connection.ExecuteScalarAsync<int>(
            new CommandDefinition(
                "select number from membership.membership_application where id = @Id",
                new { command.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    // Without a mandate no account is kept.
    public static ApplicationForm Tidy(SendApplication command, ApplicationTerms terms) =>
        (command.Mandate ? command.Form : command.Form with { Iban = null }).Tidy(terms.Find(command.Form.Category)?.Measure is not null);
}
