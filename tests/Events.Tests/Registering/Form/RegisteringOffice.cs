using System.Text;
using System.Text.RegularExpressions;
using Association.Events.Planning.Model;
using Association.Events.Planning.Record;
using Association.Events.Registering;
using Association.Events.Registering.Form;
using Association.Events.Registering.Own;
using Association.Events.Tests.Planning;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Registering.Form;

/// <summary>Class fixture: an office on 01.06.2027 whose mails leave by a server on this machine.</summary>
public sealed partial class RegisteringOffice : IAsyncLifetime
{
    public const string Site = "https://verein.example";

    public PlanningOffice Planning { get; } = new();

    /// <summary>Takes the mails.</summary>
    public TrialServer Server { get; } = new();

    public async Task InitializeAsync()
    {
        await Planning.InitializeAsync();
        await using var scope = Planning.Office.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<IAssociationProfiles>()
            .SaveAsync(
                new AssociationProfile(
                    1,
                    "Gesundheitsregion Bliesland e. V.",
                    "Bliesland",
                    "Am Ludwigsplatz 3",
                    "66117",
                    "Saarbrücken",
                    "post@bliesland.example",
                    "0681 555-0",
                    "www.bliesland.example",
                    "Vereinsregister Saarbrücken VR 4711",
                    "Vorstand: Dr. Nora Groß",
                    "040/140/12345",
                    "Deutsche Kreditbank Berlin",
                    "DE02120300000000202051",
                    "BYLADEM1001",
                    "DE98ZZZ09999999999"
                ),
                CancellationToken.None
            );
        var rules = scope.ServiceProvider.GetRequiredService<IOfficeRules>();
        var mail = new MailRules
        {
            Server = "127.0.0.1",
            Port = Server.Port,
            Security = MailSecurity.Plain,
            SenderAddress = "post@bliesland.example",
        };
        await using var connection = await Planning.Office.Database.OpenConnectionAsync();
        (await rules.SaveAsync(connection, await rules.CurrentAsync(CancellationToken.None) with { Mail = mail }, CancellationToken.None)).ShouldNotBeNull();
    }

    public async Task DisposeAsync()
    {
        await Planning.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>A published event, open to everybody.</summary>
    internal async Task<EventPlan> OpenAsync(string title, RegistrationTerms terms)
    {
        var plan = await Planning.PublishedAsync(title);
        await Planning.DoAsync(new SaveRegistration(plan.Number, null, terms));
        return await Planning.ReadAsync(plan.Number);
    }

    internal static RegisterForEvent Form(EventPlan plan, string name, string email, string language = "de", Guid? ticket = null, params Guid[] sessions) =>
        new(Guid.CreateVersion7(), plan.Slug, new Attendee(name, "Klinik", email, language), ticket, sessions, "", "", Privacy: true, Site);

    internal async Task<T> AnonymousAsync<T>(object command) => await Planning.Office.As(Actor.Anonymous).Bus.InvokeAsync<T>(command);

    internal Task<FormAnswer> SendAsync(RegisterForEvent form) => AnonymousAsync<FormAnswer>(form);

    internal Task CancelAsync(string? key) => Planning.Office.As(Actor.Anonymous).Bus.InvokeAsync(new CancelOwnRegistration(key));

    internal Task<OwnRegistration?> OwnAsync(string? key) => Planning.Office.As(Actor.Anonymous).Bus.QueryAsync(new ReadOwnRegistration(key));

    /// <summary>The fields at which a form was refused, with what was said.</summary>
    internal async Task<IReadOnlyList<Problem>> RefusedAsync(RegisterForEvent form)
    {
        var refused = await Should.ThrowAsync<ProblemsException>(() => SendAsync(form));
        refused.Problems.ShouldAllBe(p => p.Text.Contains(' ') && !p.Text.StartsWith("Problem.") && !p.Text.StartsWith("Door."));
        return refused.Problems;
    }

    /// <summary>What somebody was mailed so far.</summary>
    internal async Task<IReadOnlyList<Association.Testing.Received>> MailsAsync(string address)
    {
        await Planning.Office.DrainAsync();
        return [.. Server.Mails.Where(m => m.To.Contains(address))];
    }

    internal async Task<T> ReadAsync<T>(string sql, object? values = null)
    {
        await using var connection = await Planning.Office.Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, values))!;
    }

    /// <summary>The secret in a mail.</summary>
    internal static string KeyOf(Association.Testing.Received mail) => Key().Match(TextOf(mail)) is { Success: true } found ? found.Groups[1].Value : "";

    /// <summary>What a mail says.</summary>
    internal static string TextOf(Association.Testing.Received mail) => (Parsed(mail).TextBody ?? "").ReplaceLineEndings("\n");

    /// <summary>The calendar entry that goes with it; empty without.</summary>
    internal static string CalendarOf(Association.Testing.Received mail)
    {
        if (Parsed(mail).Attachments.OfType<MimePart>().FirstOrDefault(a => a.FileName?.EndsWith(".ics", StringComparison.Ordinal) == true) is not { } part)
            return "";
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static MimeMessage Parsed(Association.Testing.Received mail) => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(mail.Data)));

    [GeneratedRegex(@"https://verein\.example/(?:de|fr|en)/meine-anmeldung\?key=([A-Za-z0-9_-]{43})")]
    private static partial Regex Key();
}
