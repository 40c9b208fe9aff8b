using System.Globalization;
using System.Text;
using MailKit;

namespace Association.Platform.Mail.Smtp;

/// <summary>
/// Hears what the client and the server say to each other: at which step the conversation is, what the server answered there, and whether the mail has gone
/// whole. Each thing said gets its time to be answered, so that no wait is without an end.
/// </summary>
internal sealed class SmtpWire(SmtpPatience patience, List<SmtpTurn> turns) : IProtocolLogger, ITransferProgress
{
    private const int LongestReply = 64 * 1024; // RFC 5321 allows 512 a line; servers in the field say more, but not endlessly more
    private static readonly TimeSpan AsidePatience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _limit = new();
    private readonly List<byte> _heard = [];
    private CancellationTokenRegistration _stop;
    private bool _aside;

    /// <summary>Ends when an answer stays away.</summary>
    public CancellationToken Limit => _limit.Token;

    /// <summary>Where the conversation is.</summary>
    public SmtpStep Step { get; private set; }

    /// <summary>The server's answer at this step; null: none yet.</summary>
    public SmtpReply? Reply { get; private set; }

    /// <summary>Whether words were heard that are no answer.</summary>
    public bool IsNonsense => _heard.Count > 0;

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>Something begins that may be stopped from outside, until the mail has gone whole.</summary>
    public void Begin(CancellationTokenRegistration stop)
    {
        _stop = stop;
        if (Step == SmtpStep.Connect)
            Wait(patience.Connect);
    }

    /// <summary>Stops it.</summary>
    public void GiveUp() => _limit.Cancel();

    /// <summary>The conversation comes to a step, and the server has so long for it.</summary>
    public void Enter(SmtpStep step, TimeSpan? time = null)
    {
        if (Step == SmtpStep.Encrypt && step != SmtpStep.Encrypt)
            turns.Add(new SmtpTurn(SmtpStep.Encrypt, ""));
        (Step, Reply, _aside) = (step, null, false);
        Wait(time ?? patience.Reply);
    }

    /// <summary>Nobody has to answer.</summary>
    public void Rest() => Wait(Timeout.InfiniteTimeSpan);

    /// <summary>Encryption from the first byte is behind us; the server greets.</summary>
    public void LogConnect(Uri uri) => Enter(SmtpStep.Greeting);

    /// <summary>What was said to the server; of the mail itself and of a password nothing is kept.</summary>
    public void LogClient(byte[] buffer, int offset, int count)
    {
        if ((Step, Reply) is (SmtpStep.Content or SmtpStep.SignIn, { IsGoOn: true }) or (SmtpStep.Acceptance, null))
        {
            Wait(Step == SmtpStep.Acceptance ? patience.Acceptance : patience.Reply); // a piece of the mail, or of a sign-in
            if (Step == SmtpStep.SignIn)
                Reply = null;
            return;
        }
        SmtpStep? next = Encoding.ASCII.GetString(buffer, offset, Math.Min(count, 4)) switch
        {
            "EHLO" or "HELO" => SmtpStep.Hello,
            "STAR" => SmtpStep.Encrypt,
            "AUTH" => SmtpStep.SignIn,
            "MAIL" => SmtpStep.Sender,
            "RCPT" => SmtpStep.Recipient,
            "DATA" => SmtpStep.Content,
            _ => null,
        };
        if (next is { } step)
            Enter(step, step == SmtpStep.Encrypt ? patience.Connect : null);
        else
        {
            // RSET, QUIT: the mail's fate is settled, and how they are answered changes nothing.
            _aside = true;
            Wait(AsidePatience);
        }
        Hear();
    }

    /// <summary>What the server said, in pieces as the network cuts them.</summary>
    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (_aside)
            return;
        if (_heard.Count + count > LongestReply)
            throw new SmtpFailure(Step, SmtpFault.Nonsense);
        _heard.AddRange(buffer.AsSpan(offset, count));
        Hear();
    }

    /// <summary>How much of the mail has gone. Its end is written only after the whole of it was reported.</summary>
    public void Report(long bytesTransferred, long totalSize)
    {
        if (bytesTransferred < totalSize || Step != SmtpStep.Content)
            return;
        // From here on the server may have the mail, whatever happens to us.
        _stop.Unregister();
        Limit.ThrowIfCancellationRequested();
        turns.Add(new SmtpTurn(SmtpStep.Content, Reply!.Words));
        Enter(SmtpStep.Acceptance, patience.Acceptance);
    }

    /// <inheritdoc/>
    public void Report(long bytesTransferred) => Report(bytesTransferred, bytesTransferred);

    /// <inheritdoc/>
    public void Dispose() => _limit.Dispose();

    private void Wait(TimeSpan time) => _limit.CancelAfter(time);

    // An answer has one or more lines; the last one has no hyphen after its code (RFC 5321, 4.2.1).
    private void Hear()
    {
        if (Reply is not null || _aside)
            return;
        var lines = new List<string>();
        for (var begin = 0; _heard.IndexOf((byte)'\n', begin) is var end and >= 0; begin = end + 1)
        {
            var line = string.Concat(Encoding.UTF8.GetString([.. _heard[begin..end]]).TrimEnd('\r').Select(c => char.IsControl(c) ? ' ' : c));
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 200 or > 599)
                return; // the client says so
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length > 3 && line[3] == '-')
                continue;
            _heard.RemoveRange(0, end + 1);
            Answered(new SmtpReply(code, lines));
            return;
        }
    }

    private void Answered(SmtpReply reply)
    {
        Reply = reply;
        // What came in plain text behind the answer to STARTTLS was put there by somebody else.
        if (Step == SmtpStep.Encrypt && _heard.Count > 0)
            throw new SmtpFailure(Step, SmtpFault.Nonsense);
        if (Step is SmtpStep.Encrypt or SmtpStep.Content || !reply.IsDone)
            return;
        if (Step != SmtpStep.Hello)
            turns.Add(new SmtpTurn(Step, reply.Words));
        else if (turns.All(t => t.Step != SmtpStep.Hello))
            turns.Add(new SmtpTurn(Step, (reply with { Lines = [reply.Lines[0]] }).Words));
    }
}
