using System.Text.Json;
using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Membership.SelfDeclarations.Rounds;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.PersonalLinks;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Letters;
using Association.Platform.Mail;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.SelfDeclarations.Sending;

/// <summary>Writes the mails and letters of a round in the running transaction: what is noted as sent and what leaves are committed together or not at all.</summary>
internal sealed class DeclarationPost(MembershipDb db, IDeliveryChoices choices, IOutgoingMails mails, IAssociationProfiles profiles, TimeProvider clock)
{
    /// <summary>Later a mail that did not leave would come at a wrong time; the member counts as asked, and is reminded.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    /// <summary>Names the one mail of a request or of a reminder.</summary>
    public static string PurposeOf(Guid request, int number) => $"declaration:{request}.{number}";

    /// <summary>Names the one mail of a question.</summary>
    public static string PurposeOfQuestion(Guid request, int question) => $"declaration:{request}.q{question}";

    /// <summary>How long links and codes open the form: as long as somebody may look at the year's dues.</summary>
    public static DateTimeOffset ValidUntil(DeclarationRound round) => new DateOnly(round.Year + 1, 1, 1).StartOfBusinessDay();

    /// <summary>Writes to these members, each by the way on which it can be reached now.</summary>
    /// <returns>In what the letters were written; null when there is none.</returns>
    /// <exception cref="Npgsql.PostgresException">One was written before (unique violation).</exception>
    public async Task<Guid?> WriteAsync(DeclarationRound round, IReadOnlyList<DueSending> due, CancellationToken ct)
    {
        var ids = due.Select(d => d.Member).ToList();
        var members = await db.Members.AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        var onPaper = await choices.WantPaperAsync(ids, ct);
        var reached = due.Select(d => new Addressed(d, members[d.Member], Reach.Of(members[d.Member], onPaper.Contains(d.Member), d.Refused))).ToList();
        await NoteWaysAsync(reached, ct);
        var association = await profiles.CurrentAsync(ct);
        await MailAsync(round, [.. reached.Where(r => r.Reach.Way == DeclarationWay.Mail)], association, ct);
        return await PrintAsync(round, [.. reached.Where(r => r.Reach.Way == DeclarationWay.Letter)], association, ct);
    }

    /// <summary>Mails a member the office's question with a link of its own.</summary>
    public async Task AskBackAsync(DeclarationRound round, Guid request, Member member, int question, string text, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var say = LetterLanguage.Of(member.Language, typeof(DeclarationTexts));
        var link = (await IssueAsync(round, PersonalLinkKind.Link, [request], ct))[0];
        var association = await profiles.CurrentAsync(ct);
        await mails.AddAsync(
            new NewMail(
                PurposeOfQuestion(request, question),
                MemberDirectory.NameOf(member),
                member.Email!,
                say["Mail.QuestionSubject", round.Year],
                Paragraphs(say["Mail.Salutation"], say["Mail.Question"], text, Address(round, link), say["Mail.Thanks"], association.Signature()),
                now + Patience
            ),
            ct
        );
    }

    /// <summary>Where the form opens, in the member's language as long as the browser has chosen none.</summary>
    public static string Address(DeclarationRound round, string link) => $"{round.Terms.Site}{MembershipPages.Declaration}?key={link}";

    private async Task NoteWaysAsync(IReadOnlyList<Addressed> reached, CancellationToken ct) =>
        await ExecuteAsync(
            """
            update membership.declaration_request q set way = x.way, obstacle = x.obstacle
              from unnest(@ids, @ways, @obstacles) as x (id, way, obstacle)
             where q.id = x.id and (q.way, q.obstacle) is distinct from (x.way, x.obstacle)
            """,
            new
            {
                ids = reached.Select(r => r.Due.Request).ToArray(),
                ways = reached.Select(r => EnumText.Of(r.Reach.Way)).ToArray(),
                obstacles = reached.Select(r => r.Reach.Obstacle is { } why ? EnumText.Of(why) : null).ToArray(),
            },
            ct
        );

    private async Task MailAsync(DeclarationRound round, IReadOnlyList<Addressed> to, AssociationProfile association, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var links = await IssueAsync(round, PersonalLinkKind.Link, [.. to.Select(r => r.Due.Request)], ct);
        await NoteSentAsync(to, [.. to.Select(r => PurposeOf(r.Due.Request, r.Due.Number))], new Guid?[to.Count], ct);
        await mails.AddAsync(
            [
                .. to.Zip(
                    links,
                    (r, link) =>
                        new NewMail(
                            PurposeOf(r.Due.Request, r.Due.Number),
                            MemberDirectory.NameOf(r.Member),
                            r.Member.Email!,
                            r.Say[r.Due.Asks ? "Mail.Subject" : "Mail.ReminderSubject", round.Year],
                            Paragraphs(
                                r.Say["Mail.Salutation"],
                                Asking(r, round),
                                r.Say["Mail.Link"],
                                Address(round, link),
                                r.Say["Mail.Secret"],
                                r.Say["Mail.Thanks"],
                                association.Signature()
                            ),
                            now + Patience
                        )
                ),
            ],
            ct
        );
    }

    private async Task<Guid?> PrintAsync(DeclarationRound round, IReadOnlyList<Addressed> to, AssociationProfile association, CancellationToken ct)
    {
        if (to.Count == 0)
            return null;
        var (connection, origin, now) = (await db.ConnectionAsync(ct), Guid.CreateVersion7(), clock.GetUtcNow());
        var codes = await IssueAsync(round, PersonalLinkKind.Code, [.. to.Select(r => r.Due.Request)], ct);
        var files = to.Zip(codes, (r, code) => Letter(r, code, round, now, association)).ToList();
        await FileArchive.AddAsync(connection, files, ct);
        await NoteSentAsync(to, new string?[to.Count], [.. files.Select(f => (Guid?)f.Id)], ct);
        await ExecuteAsync(
            """
            insert into membership.written_letter (origin, place, member_id, file_id, address, written_by)
            select @origin, x.place, x.member, x.file, x.address, @by
              from unnest(@members, @files, @addresses::jsonb[]) with ordinality as x (member, file, address, place)
            """,
            new
            {
                origin,
                by = round.OpenedBy,
                members = to.Select(r => r.Member.Id.Value).ToArray(),
                files = files.Select(f => f.Id).ToArray(),
                addresses = to.Select(r => JsonSerializer.Serialize(MemberDirectory.Own(r.Member), SerialLetter.Json)).ToArray(),
            },
            ct
        );
        return origin;
    }

    private static ArchivedFile Letter(Addressed to, string code, DeclarationRound round, DateTimeOffset now, AssociationProfile association)
    {
        var (say, day) = (to.Say, now.ToBusinessDate());
        var subject = say[to.Due.Asks ? "Mail.Subject" : "Mail.ReminderSubject", round.Year];
        var content = new LetterContent(
            subject,
            say.Code,
            now,
            LetterSender.Of(association, say.Code),
            [.. MemberDirectory.Own(to.Member).InWindow().Select(CleanText.Line)],
            [
                new LetterFact(say["Letter.Date"], say.Date(day)),
                new LetterFact(say["Letter.MemberNumber"], to.Member.Number),
                new LetterFact(say["Letter.Code"], code, Strong: true),
            ],
            subject,
            [
                new LetterParagraph(say["Mail.Salutation"]),
                new LetterParagraph(Asking(to, round)),
                new LetterParagraph(say["Letter.Where", round.Terms.Site + MembershipPages.Declaration, to.Member.Number, code]),
                new LetterParagraph(say["Letter.Phone", association.Phone]),
                new LetterParagraph(say["Mail.Thanks"]),
            ]
        );
        return ArchivedFile.New($"{say["Letter.File"]}-{to.Member.Number}.pdf", "application/pdf", Platform.Documents.Letters.Letter.Render(content));
    }

    private static string Asking(Addressed to, DeclarationRound round) =>
        to.Say[
            to.Due.Asks ? "Mail.Ask" : "Mail.Remind",
            CleanText.Line(MemberDirectory.NameOf(to.Member)),
            StepTexts.Measure(to.Due.Measure, to.Member.Language),
            to.Say.Date(round.ReferenceDate),
            to.Say.Date(round.Terms.AnswerBy),
            round.Year
        ];

    private async Task<IReadOnlyList<string>> IssueAsync(DeclarationRound round, PersonalLinkKind kind, IReadOnlyList<Guid> requests, CancellationToken ct) =>
        await SelfDeclarationsFeature.Links.IssueAsync(await db.ConnectionAsync(ct), kind, requests, clock.GetUtcNow(), ValidUntil(round), ct);

    private Task NoteSentAsync(IReadOnlyList<Addressed> to, string?[] purposes, Guid?[] files, CancellationToken ct) =>
        ExecuteAsync(
            """
            insert into membership.declaration_sending (request_id, number, way, address, purpose, file_id, sent_at)
            select x.request, x.number, case when x.file is null then 'mail' else 'letter' end, x.address, x.purpose, x.file, @now
              from unnest(@requests, @numbers, @addresses, @purposes, @files) as x (request, number, address, purpose, file)
            """,
            new
            {
                now = clock.GetUtcNow(),
                requests = to.Select(r => r.Due.Request).ToArray(),
                numbers = to.Select(r => r.Due.Number).ToArray(),
                addresses = to.Select(r => r.Reach.Way == DeclarationWay.Mail ? r.Member.Email! : "").ToArray(),
                purposes,
                files,
            },
            ct
        );

    private async Task ExecuteAsync(string sql, object values, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(new CommandDefinition(sql, values, db.Transaction, cancellationToken: ct));

    private static string Paragraphs(params string[] paragraphs) => string.Join("\n\n", paragraphs);

    private sealed record Addressed(DueSending Due, Member Member, Reach Reach)
    {
        public LetterLanguage Say { get; } = LetterLanguage.Of(Member.Language, typeof(DeclarationTexts));
    }
}
