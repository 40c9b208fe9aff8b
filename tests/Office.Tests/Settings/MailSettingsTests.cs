using Association.Office.Settings.Mail;
using Association.Office.Settings.Rules;
using Association.Platform.Data.Settings;
using Association.Platform.Mail.Operation;
using Association.Platform.Messaging;
using Association.Testing;
using Dapper;
using Shouldly;
using Xunit;

namespace Association.Office.Tests.Settings;

/// <summary>The mail server's settings: what is refused, where the password is, and where it never goes.</summary>
public sealed class MailSettingsTests
{
    private const string Secret = "ganz-geheim-4711";

    private static readonly MailRules Rules = new()
    {
        Server = "smtp.bliesland.example",
        User = "post",
        SenderAddress = "post@bliesland.example",
    };

    [Fact]
    public async Task a_password_is_kept_encrypted_and_is_in_no_version_history_or_trail()
    {
        await using var office = await SettingsOffice.OpenAsync();
        await office.InvokeAsync("admin", new ChangeMailRules(0, Rules, Secret));
        await office.InvokeAsync("admin", new ChangeMailRules(1, Rules with { Port = 465 }, null));

        var settings = await office.ReadAsync();
        settings.Rules.Mail.Password.ShouldNotBeNull("another port keeps it");
        settings.Changes.SelectMany(c => c.Values).Select(v => v.New).ShouldNotContain(v => v != null && v.Contains(Secret, StringComparison.Ordinal));
        await using var connection = await office.Office.Database.OpenConnectionAsync();
        foreach (var table in new[] { "platform.office_rules", "platform.audit_entry", "mail.server_password", "messaging.message", "messaging.handled" })
            (
                await connection.ExecuteScalarAsync<long>(
                    $"select count(*) from {table} t where t::text ilike '%{Secret}%' or t::text ilike '%' || encode('{Secret}', 'hex') || '%'"
                )
            ).ShouldBe(0, table);
        new ChangeMailRules(0, Rules, Secret).ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task a_stored_password_goes_to_no_other_server_user_or_protection()
    {
        await using var office = await SettingsOffice.OpenAsync();
        await office.InvokeAsync("admin", new ChangeMailRules(0, Rules, Secret));
        foreach (
            var other in new[] { Rules with { Server = "smtp.boese.example" }, Rules with { User = "anderer" }, Rules with { Security = MailSecurity.Tls } }
        )
            (await office.ProblemsAsync("admin", new ChangeMailRules(1, other, null)))
                .Single()
                .ShouldBe(new Problem("Mail.Password", "Server, Benutzername oder Verschlüsselung sind anders. Geben Sie das Passwort noch einmal ein."));

        await office.InvokeAsync("admin", new ChangeMailRules(1, Rules with { User = "" }, null));
        await using var connection = await office.Office.Database.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<long>("select count(*) from mail.server_password")).ShouldBe(0, "nobody signs in any more");
        (await office.ProblemsAsync("admin", new ChangeMailRules(2, Rules, null))).Single().Text.ShouldBe("Zum Benutzernamen fehlt das Passwort.");
    }

    [Fact]
    public async Task wrong_values_are_refused_at_their_fields_and_no_server_is_a_setting_too()
    {
        await using var office = await SettingsOffice.OpenAsync();
        (
            await office.ProblemsAsync(
                "admin",
                new ChangeMailRules(
                    0,
                    new MailRules
                    {
                        Server = "smtp bliesland",
                        Port = 0,
                        SenderName = "a\nb",
                        ReplyTo = "k.A.",
                    },
                    null
                )
            )
        ).Select(p => p.Field).ShouldBe(["Mail.ReplyTo", "Mail.SenderName", "Mail.Server", "Mail.Port", "Mail.SenderAddress"], ignoreOrder: true);
        (await office.ProblemsAsync("admin", new ChangeMailRules(0, Rules with { Security = MailSecurity.Plain }, Secret)))
            .Single()
            .Field.ShouldBe("Mail.Security");
        await office.InvokeAsync("admin", new ChangeMailRules(0, Rules with { Server = "127.0.0.1", Security = MailSecurity.Plain }, Secret));
        await office.InvokeAsync("admin", new ChangeMailRules(1, new MailRules(), null));

        (await office.ReadAsync()).Rules.Mail.HasServer.ShouldBeFalse();
        await Should.ThrowAsync<PermissionDeniedException>(() => office.InvokeAsync("office", new ChangeMailRules(2, Rules, Secret)));
        await Should.ThrowAsync<PermissionDeniedException>(() => office.InvokeAsync("office", new SendTestMail("post@bliesland.example")));
    }

    [Fact]
    public async Task a_file_of_rules_leaves_the_mail_server_as_it_is()
    {
        await using var office = await SettingsOffice.OpenAsync();
        await office.InvokeAsync("admin", new ChangeMailRules(0, Rules, Secret));
        var rules = (await office.ReadAsync()).Rules;

        await office.InvokeAsync(
            "admin",
            new ChangeRules(1, rules with { Mail = rules.Mail with { Server = "smtp.boese.example" }, Due = new DueRules(1, 3) })
        );

        (await office.ReadAsync()).Rules.ShouldSatisfyAllConditions(r => r.Mail.ShouldBe(rules.Mail), r => r.Due.Month.ShouldBe(3));
    }

    [Fact]
    public async Task of_two_who_edit_the_second_is_told_and_the_first_ones_password_stays()
    {
        await using var office = await SettingsOffice.OpenAsync();
        await office.InvokeAsync("admin", new ChangeMailRules(0, Rules, Secret));
        var stored = (await office.ReadAsync()).Rules.Mail.Password;

        (
            await Should.ThrowAsync<ConcurrentEditException>(() => office.InvokeAsync("admin", new ChangeMailRules(0, Rules with { Port = 25 }, "anderes")))
        ).Message.ShouldContain("Rüdiger Lambert");

        await using var connection = await office.Office.Database.OpenConnectionAsync();
        (await connection.QuerySingleAsync<Guid>("select id from mail.server_password")).ShouldBe(stored!.Value);
    }
}
