using System.Text.RegularExpressions;
using Association.Membership.Contracts;
using Association.Membership.SelfDeclarations;
using Association.Membership.SelfDeclarations.Answers;
using Association.Membership.SelfDeclarations.Desk;
using Association.Membership.SelfDeclarations.Rounds;
using Association.Membership.Tests.Dues;
using Association.Membership.Tests.Members;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Testing;
using Shouldly;

namespace Association.Membership.Tests.SelfDeclarations;

/// <summary>An office that asks its members, with a mail server that keeps what it was given.</summary>
internal sealed partial class RoundOffice(DuesOffice dues, TrialServer server) : IAsyncDisposable
{
    public const int Year = 2027;

    public static readonly RoundTerms Terms = new(new DateOnly(2027, 1, 15), 21, 2, OpensNext: false, "https://verein.example");

    public DuesOffice Dues => dues;

    public TrialServer Server => server;

    public TestOffice Office => dues.Office;

    public static async Task<RoundOffice> OpenAsync()
    {
        var server = new TrialServer();
        var dues = await DuesOffice.OpenAsync();
        await dues.Office.WriteByMailAsync(server.Port);
        return new RoundOffice(dues, server);
    }

    /// <summary>A hospital that is asked for its beds; last year it had so many.</summary>
    public async Task<string> HospitalAsync(
        string name = "Waldkrankenhaus",
        string? email = "post@wald.example",
        int? last = 400,
        bool address = false,
        bool noPost = false,
        string language = "de"
    )
    {
        var id = await dues.MemberAsync("hospital", last, name, asOf: "2025-12-31", language: language);
        await dues.ExecuteAsync(
            """
            update membership.member set email = @email, no_post = @noPost, street = case when @address then 'Am Wald 1' else '' end,
                   postal_code = case when @address then '66822' else '' end, town = case when @address then 'Lebach' else '' end
             where id = @id
            """,
            new
            {
                id = id.Value,
                email,
                noPost,
                address,
            }
        );
        return (await dues.QueryAsync<string>("select number from membership.member where id = @id", new { id = id.Value })).Single();
    }

    /// <summary>Opens the round and waits until all is written.</summary>
    public async Task<RoundOpened> AskAsync(RoundTerms? terms = null, int year = Year)
    {
        await using var scope = Office.As("office");
        var opened = await scope.Bus.InvokeAsync<RoundOpened>(new OpenDeclarations(year, terms ?? Terms));
        (await scope.DrainAsync()).DeadLettered.ShouldBeEmpty();
        return opened;
    }

    /// <summary>Opens the round and follows the link in the only mail.</summary>
    public async Task<string> AskForLinkAsync()
    {
        await AskAsync();
        return LinkOf(server.Mails.ShouldHaveSingleItem());
    }

    public Task DoAsync(object command) => dues.InvokeAsync("office", command);

    /// <summary>As somebody without a login.</summary>
    public async Task<T> AnonymousAsync<T>(object command)
    {
        await using var scope = Office.As(Actor.Anonymous);
        return await scope.Bus.InvokeAsync<T>(command);
    }

    public async Task AnonymousAsync(object command)
    {
        await using var scope = Office.As(Actor.Anonymous);
        await scope.Bus.InvokeAsync(command);
    }

    public async Task<OpenedDeclaration?> LookAsync(string? key)
    {
        await using var scope = Office.As(Actor.Anonymous);
        return await scope.Bus.QueryAsync(new ReadDeclaration(key));
    }

    public Task AnswerAsync(string? key, long? value, string reason = "", string by = "Claire Martin", bool send = true) =>
        AnonymousAsync(new AnswerDeclaration(key, send, value, by, reason));

    /// <summary>It is refused at this field, in words.</summary>
    public async Task RefusedAsync(Func<Task> what, string field)
    {
        var refused = await Should.ThrowAsync<ProblemsException>(what);
        refused.Problems.Select(p => p.Field).ShouldContain(field);
        refused.Problems.ShouldAllBe(p => p.Text.Contains(' ')); // a key without text shows itself
    }

    public async Task<RequestRecord> RequestAsync(string number, int year = Year)
    {
        await using var scope = Office.As("board");
        return (await scope.Bus.QueryAsync(new ReadRequest(year, number))).ShouldNotBeNull();
    }

    public async Task<DeclarationState> StateAsync(string number) => (await RequestAsync(number)).Declared.State;

    public async Task<DeclarationList> ListAsync(DeclarationFilter? filter = null)
    {
        await using var scope = Office.As("board");
        return await scope.Bus.QueryAsync(new ListDeclarations(filter));
    }

    /// <summary>The value that counts for the year; null when there is none.</summary>
    public async Task<(int Value, string Source)?> ValueAsync(string number) =>
        (
            await dues.QueryAsync<(int, string)?>(
                "select v.value, v.source from membership.input_value v join membership.member m on m.id = v.member_id where m.number = @number and v.as_of = '2026-12-31'",
                new { number }
            )
        ).SingleOrDefault();

    public async Task<Guid> RoundAsync() => (await dues.QueryAsync<Guid>("select id from membership.declaration_round")).Single();

    /// <summary>The secret in a mail.</summary>
    public static string LinkOf(Received mail)
    {
        var found = Key().Match(TextOf(mail));
        found.Success.ShouldBeTrue(mail.Data);
        return found.Groups[1].Value;
    }

    /// <summary>What a mail says, its line breaks for the wire taken out.</summary>
    public static string TextOf(Received mail)
    {
        var body = mail.Data[mail.Data.IndexOf("\r\n\r\n", StringComparison.Ordinal)..].Trim();
        return mail.Data.Contains("base64", StringComparison.OrdinalIgnoreCase)
            ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(body))
            : Uri.UnescapeDataString(
                Escapes().Replace(body.Replace("=\r\n", "", StringComparison.Ordinal).Replace("%", "%25", StringComparison.Ordinal), "%$1")
            );
    }

    public async ValueTask DisposeAsync()
    {
        await dues.DisposeAsync();
        await server.DisposeAsync();
    }

    [GeneratedRegex(@"https://verein\.example/declaration\?key=([A-Za-z0-9_-]{43})")]
    private static partial Regex Key();

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Escapes();
}
