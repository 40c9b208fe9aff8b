using System.Globalization;
using System.Text;
using Association.Platform.Data.Settings;

namespace Association.Platform.Mail.Smtp;

/// <summary>A step that is behind us.</summary>
/// <param name="Step">Which.</param>
/// <param name="Words">What the server said; empty when it says nothing there.</param>
public sealed record SmtpTurn(SmtpStep Step, string Words);

/// <summary>What became of one recipient.</summary>
/// <param name="Address">To whom.</param>
/// <param name="Reply">The server's answer to the address.</param>
internal sealed record SmtpRecipient(string Address, SmtpReply Reply);

/// <summary>
/// A conversation with a mail server (RFC 5321): greeting, encryption, sign-in, then mails one after the other. Mails are seven-bit throughout, so no
/// extension is needed to pass any relay.
/// </summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(2);

    private readonly SmtpServer _server;
    private readonly SmtpConnection _connection;
    private readonly List<SmtpTurn> _turns;
    private Dictionary<string, string> _offers = [];

    private SmtpSession(SmtpServer server, SmtpConnection connection, List<SmtpTurn> turns) => (_server, _connection, _turns) = (server, connection, turns);

    /// <summary>Comes as far as being signed in.</summary>
    /// <param name="server">Where.</param>
    /// <param name="turns">Gets every step as it is done, also when a later one fails.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="SmtpFailure">At the step it names.</exception>
    public static async Task<SmtpSession> OpenAsync(SmtpServer server, List<SmtpTurn> turns, CancellationToken ct)
    {
        var session = new SmtpSession(server, await SmtpConnection.OpenAsync(server, ct), turns);
        turns.Add(new SmtpTurn(SmtpStep.Connect, ""));
        try
        {
            await session.BeginAsync(ct);
            return session;
        }
        catch
        {
            await session._connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands a mail over.</summary>
    /// <param name="from">The sender's address, in ASCII.</param>
    /// <param name="to">At least one address, in ASCII.</param>
    /// <param name="message">Headers and body, lines ended by CR LF.</param>
    /// <param name="ct">Heeded until the mail's end is sent. After that the answer is waited for: giving up would leave a mail of which nobody knows.</param>
    /// <returns>Each recipient with the server's answer; at least one of them was taken, and so was the mail.</returns>
    /// <exception cref="SmtpFailure">No recipient was taken, or the mail was not.</exception>
    public async Task<(IReadOnlyList<SmtpRecipient> Recipients, SmtpReply Accepted)> SendAsync(string from, IReadOnlyList<string> to, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var stuffed = DotStuffing.Of(message.Span);
        var size = "";
        if (_offers.TryGetValue("SIZE", out var limit))
        {
            if (long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 && message.Length > most) throw new SmtpFailure(SmtpStep.Sender, SmtpFault.TooLarge);
            size = string.Create(CultureInfo.InvariantCulture, $" SIZE={message.Length}");
        }
        await DoneAsync(SmtpStep.Sender, $"MAIL FROM:<{from}>{size}", ct);
        var recipients = new List<SmtpRecipient>();
        foreach (var address in to) recipients.Add(new SmtpRecipient(address, await _connection.AskAsync(SmtpStep.Recipient, $"RCPT TO:<{address}>", ct)));
        if (recipients.FirstOrDefault(r => r.Reply.IsDone) is not { } taken) throw new SmtpFailure(SmtpStep.Recipient, SmtpFault.Refused, recipients[0].Reply);
        Note(SmtpStep.Recipient, taken.Reply);

        var goOn = await _connection.AskAsync(SmtpStep.Content, "DATA", ct);
        if (!goOn.IsGoOn) throw new SmtpFailure(SmtpStep.Content, SmtpFault.Refused, goOn);
        await _connection.WriteAsync(SmtpStep.Content, stuffed, ct);
        Note(SmtpStep.Content, goOn);

        // From here on the server may have the mail, whatever happens to us.
        await _connection.WriteAsync(SmtpStep.Acceptance, ".\r\n"u8.ToArray(), CancellationToken.None);
        var accepted = await _connection.ReadAsync(SmtpStep.Acceptance, CancellationToken.None);
        if (!accepted.IsDone) throw new SmtpFailure(SmtpStep.Acceptance, accepted.IsGoOn ? SmtpFault.Nonsense : SmtpFault.Refused, accepted);
        Note(SmtpStep.Acceptance, accepted);
        return (recipients, accepted);
    }

    /// <summary>Says goodbye, if there is still anybody, and hangs up.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(GoodbyePatience);
        try
        {
            await _connection.AskAsync(SmtpStep.Acceptance, "QUIT", patience.Token);
        }
        catch (Exception e) when (e is SmtpFailure or OperationCanceledException or InvalidOperationException)
        {
            // the mail's fate is settled; how the goodbye went changes nothing
        }
        await _connection.DisposeAsync();
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        if (_server.Security == MailSecurity.Tls) await EncryptAsync(ct);
        var greeting = await _connection.ReadAsync(SmtpStep.Greeting, ct);
        if (!greeting.IsDone) throw new SmtpFailure(SmtpStep.Greeting, SmtpFault.Refused, greeting);
        Note(SmtpStep.Greeting, greeting);
        await HelloAsync(ct);
        if (_server.Security == MailSecurity.StartTls)
        {
            if (!_offers.ContainsKey("STARTTLS")) throw new SmtpFailure(SmtpStep.Encrypt, SmtpFault.NoTls);
            var ready = await _connection.AskAsync(SmtpStep.Encrypt, "STARTTLS", ct);
            if (!ready.IsDone) throw new SmtpFailure(SmtpStep.Encrypt, SmtpFault.Refused, ready);
            await EncryptAsync(ct);
            await HelloAsync(ct); // what was offered in plain text may have been somebody else's words
        }
        if (_server.User.Length > 0) await SignInAsync(ct);
    }

    private async Task EncryptAsync(CancellationToken ct)
    {
        await _connection.EncryptAsync(ct);
        _turns.Add(new SmtpTurn(SmtpStep.Encrypt, ""));
    }

    private async Task HelloAsync(CancellationToken ct)
    {
        var reply = await _connection.AskAsync(SmtpStep.Hello, $"EHLO {_connection.OwnLiteral}", ct);
        if (reply.IsNever && _server.Security != MailSecurity.StartTls) reply = await _connection.AskAsync(SmtpStep.Hello, $"HELO {_connection.OwnLiteral}", ct);
        if (!reply.IsDone) throw new SmtpFailure(SmtpStep.Hello, SmtpFault.Refused, reply);
        _offers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var offer in reply.Lines.Skip(1).Select(l => l.Split([' ', '='], 2))) _offers.TryAdd(offer[0], offer.Length > 1 ? offer[1].Trim() : "");
        if (_turns.All(t => t.Step != SmtpStep.Hello)) Note(SmtpStep.Hello, reply with { Lines = [reply.Lines[0]] });
    }

    private async Task SignInAsync(CancellationToken ct)
    {
        if (!_connection.IsEncrypted && !SmtpServer.IsThisMachine(_server.Host)) throw new SmtpFailure(SmtpStep.SignIn, SmtpFault.Unprotected);
        var ways = _offers.GetValueOrDefault("AUTH", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        SmtpReply reply;
        if (ways.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
        {
            reply = await _connection.AskAsync(SmtpStep.SignIn, $"AUTH PLAIN {Base64($"\0{_server.User}\0{_server.Password}")}", ct);
        }
        else if (ways.Contains("LOGIN", StringComparer.OrdinalIgnoreCase))
        {
            reply = await _connection.AskAsync(SmtpStep.SignIn, "AUTH LOGIN", ct);
            if (reply.IsGoOn) reply = await _connection.AskAsync(SmtpStep.SignIn, Base64(_server.User), ct);
            if (reply.IsGoOn) reply = await _connection.AskAsync(SmtpStep.SignIn, Base64(_server.Password), ct);
        }
        else
        {
            throw new SmtpFailure(SmtpStep.SignIn, SmtpFault.NoSignIn);
        }
        if (!reply.IsDone) throw new SmtpFailure(SmtpStep.SignIn, SmtpFault.Refused, reply);
        Note(SmtpStep.SignIn, reply);
    }

    private async Task DoneAsync(SmtpStep step, string line, CancellationToken ct)
    {
        var reply = await _connection.AskAsync(step, line, ct);
        if (!reply.IsDone) throw new SmtpFailure(step, SmtpFault.Refused, reply);
        Note(step, reply);
    }

    private void Note(SmtpStep step, SmtpReply reply) => _turns.Add(new SmtpTurn(step, reply.Words));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
