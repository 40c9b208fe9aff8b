using System.Globalization;
using Association.Office.Contracts;
using Association.Office.People.Data;
using Association.Office.People.Permissions;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Association.Platform.Web;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Office.Today.Digests;

/// <summary>In the morning of a working day: whoever wants <em>Heute</em> by mail on this day gets a message of her own, so that one failure is one mail.</summary>
/// <param name="Run">Of the job.</param>
/// <param name="Day">The day of the run. A run that is made up for on another day mails nothing: that day is over.</param>
[InternalOnly]
[MessageName("today.mail-digests")]
internal sealed record MailDigests(Guid Run, DateOnly Day) : ICommand
{
    /// <summary>Before the office opens.</summary>
    public static readonly JobDeclaration Job = new(
        "today.digests",
        "0 30 6 ? * MON-FRI",
        LateRun.Once,
        "Job.Digests",
        typeof(DigestTexts),
        run => new MailDigests(run.Id, run.BusinessDate)
    );
}

/// <summary>Mails a person what is due for her, if anything is. Once a day, whoever asks how often: the purpose of the mail names person and day.</summary>
[InternalOnly]
[MessageName("today.mail-digest")]
internal sealed record MailDigest(Guid Person, DateOnly Day) : ICommand;

[PlainWords(typeof(DigestTexts), "Work.MailDigests")]
internal static class MailDigestsHandler
{
    public static async Task<JobReport> HandleAsync(
        MailDigests command,
        IdentityDb db,
        DigestDays days,
        IOutgoingMails mails,
        IMessageBus bus,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (clock.Today() != command.Day)
            return Report(command, "Job.DayOver");
        if (!await mails.HasServerAsync(ct))
            return Report(command, "Job.NoServer");
        var chosen = await days.ChosenAsync(ct);
        var wanted = (await DigestPerson.ListAsync(db, ct))
            .Where(p => p.Email is not null && (chosen.GetValueOrDefault(p.Id) ?? DigestDays.DefaultOf(p.Role)).Contains(command.Day.DayOfWeek))
            .ToList();
        foreach (var person in wanted)
            await bus.SendAsync(new MailDigest(person.Id, command.Day), ct);
        return Report(command, "Job.Wanted", StoredText.Value(new Count(wanted.Count)));
    }

    private static JobReport Report(MailDigests command, string key, params string[] values) =>
        new(command.Run, [JobFinding.Of("digests", true, StoredText.Of<DigestTexts>(key, values))]);
}

[PlainWords(typeof(DigestTexts), "Work.MailDigest")]
internal static class MailDigestHandler
{
    public static async Task HandleAsync(
        MailDigest command,
        IdentityDb db,
        DigestDays days,
        TodayTasks tasks,
        ActorOfRequest actors,
        CurrentUser user,
        IOutgoingMails mails,
        IAssociationProfiles profiles,
        PublicAddress address,
        TimeProvider clock,
        IStringLocalizer<DigestTexts> texts,
        CancellationToken ct
    )
    {
        var person = (await DigestPerson.ListAsync(db, ct)).SingleOrDefault(p => p.Id == command.Person);
        if (person?.Email is null || clock.Today() != command.Day)
            return;
        // From here to the end in her language; the caller's comes back with the end of this method.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture =
            Cultures.All.FirstOrDefault(c => c.TwoLetterISOLanguageName == person.Language) ?? Cultures.All[0];
        var actor = await actors.ReadAsync(new SignedIn(Guid.Empty, person.Id, person.Name, person.Role), ct);
        var wanted = (await days.ChosenAsync(ct)).GetValueOrDefault(person.Id) ?? DigestDays.DefaultOf(person.Role);
        var mail = DigestMail.Of(actor, await AsAsync(user, actor, () => tasks.FindAsync(actor, ct)), wanted, address, await profiles.CurrentAsync(ct), texts);
        if (mail is not null)
            await mails.AddAsync(new NewMail(PurposeOf(person.Id, command.Day), person.Name, person.Email, mail.Subject, mail.Text, EndOf(command.Day)), ct);
    }

    /// <summary>Names the one digest of a person and day.</summary>
    public static string PurposeOf(Guid person, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"digest:{person}.{day:yyyy-MM-dd}");

    // What asks the bus while it looks for tasks is refused what she may not see, as on the page.
    private static async Task<T> AsAsync<T>(CurrentUser user, Actor actor, Func<Task<T>> ask)
    {
        var before = user.Actor;
        try
        {
            user.Actor = actor;
            return await ask();
        }
        finally
        {
            user.Actor = before;
        }
    }

    private static DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, BusinessCalendar.Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
