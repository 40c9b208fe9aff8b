using System.Diagnostics;
using Association.Platform.Mail.Smtp;
using MimeKit;

namespace Association.Platform.Mail.Outgoing;

/// <summary>
/// Conversations with the server that go on: whoever has told a mail leaves its conversation to the next one for a moment, so that a sending of hundreds
/// connects and signs in a few times only.
/// </summary>
internal sealed class SmtpConversations : IAsyncDisposable
{
    private const int MailsEach = 100; // many servers end a conversation soon after
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly Stack<Conversation> _idle = [];
    private readonly Lock _lock = new();
    private readonly Timer _sweep;
    private bool _ended;

    public SmtpConversations() => _sweep = new Timer(_ => _ = EndAsync(Idle), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Hands a mail over.</summary>
    /// <param name="server">Where.</param>
    /// <param name="message">The mail.</param>
    /// <param name="from">The sender's address, in ASCII.</param>
    /// <param name="to">The recipient's address, in ASCII.</param>
    /// <param name="turns">Gets the steps of this mail.</param>
    /// <param name="ct">Heeded until the mail has gone whole.</param>
    /// <returns>The server's last words: it has the mail.</returns>
    /// <exception cref="SmtpFailure">It has not, or nobody knows.</exception>
    public async Task<SmtpReply> SendAsync(SmtpServer server, MimeMessage message, string from, string to, List<SmtpTurn> turns, CancellationToken ct)
    {
        while (Take(server) is { } going)
        {
            try
            {
                return await TellAsync(going, message, from, to, turns, ct);
            }
            catch (SmtpFailure failure) when (IsOver(failure))
            {
                turns.Clear(); // the server had ended the conversation meanwhile, and has heard nothing of this mail
            }
        }
        var heard = new List<SmtpTurn>();
        try
        {
            var session = await SmtpSession.OpenAsync(server, heard, ct);
            return await TellAsync(new Conversation(server, session, heard), message, from, to, turns, ct);
        }
        finally
        {
            if (turns.Count == 0)
                turns.AddRange(heard);
        }
    }

    /// <summary>Says goodbye to all that nobody uses.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _ended = true;
        await _sweep.DisposeAsync();
        await EndAsync(TimeSpan.Zero);
    }

    private async Task<SmtpReply> TellAsync(Conversation talk, MimeMessage message, string from, string to, List<SmtpTurn> turns, CancellationToken ct)
    {
        var goesOn = false;
        try
        {
            var (_, accepted) = await talk.Session.SendAsync(from, [to], message, ct);
            goesOn = ++talk.Mails < MailsEach;
            return accepted;
        }
        finally
        {
            turns.AddRange(talk.Heard);
            talk.Heard.Clear();
            if (!goesOn || !Leave(talk))
                await talk.Session.DisposeAsync();
        }
    }

    private Conversation? Take(SmtpServer server)
    {
        lock (_lock)
            return _idle.TryPeek(out var newest) && newest.IsWith(server) && Stopwatch.GetElapsedTime(newest.Since) < Idle ? _idle.Pop() : null;
    }

    private bool Leave(Conversation talk)
    {
        lock (_lock)
        {
            if (_ended)
                return false;
            talk.Since = Stopwatch.GetTimestamp();
            _idle.Push(talk);
            _sweep.Change(Idle, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    private async Task EndAsync(TimeSpan idle)
    {
        List<Conversation> over;
        lock (_lock)
        {
            over = [.. _idle.Where(t => Stopwatch.GetElapsedTime(t.Since) >= idle)];
            var rest = _idle.Except(over).Reverse().ToList();
            _idle.Clear();
            foreach (var talk in rest)
                _idle.Push(talk);
            if (rest.Count > 0 && !_ended)
                _sweep.Change(Idle, Timeout.InfiniteTimeSpan);
        }
        foreach (var talk in over)
            await talk.Session.DisposeAsync();
    }

    // Before the recipient is named nothing was said about the mail itself; what a server means for the sender („550“) it says to a new conversation, too.
    private static bool IsOver(SmtpFailure failure) => failure.Step == SmtpStep.Sender && failure.Fault is SmtpFault.Cut or SmtpFault.Refused;

    private sealed class Conversation(SmtpServer server, SmtpSession session, List<SmtpTurn> heard)
    {
        public SmtpSession Session { get; } = session;

        public List<SmtpTurn> Heard { get; } = heard;

        public int Mails { get; set; }

        public long Since { get; set; }

        public bool IsWith(SmtpServer other) => ReferenceEquals(server, other); // a change of the settings makes another one
    }
}
