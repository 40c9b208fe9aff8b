using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Association.Platform.Data.Settings;
using Association.Platform.Mail.Mime;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

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
/// A conversation with a mail server (RFC 5321): greeting, encryption, sign-in, then mails one after the other. MailKit speaks; what is ours is to know, when
/// it ends, at which step, with which answer, and whether the server may have the mail.
/// </summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(2);

    private readonly SmtpServer _server;
    private readonly SmtpWire _wire;
    private readonly Client _client;

    private SmtpSession(SmtpServer server, List<SmtpTurn> turns)
    {
        _server = server;
        _wire = new SmtpWire(server.Patience, turns);
        _client = new Client(_wire, server.TrustedCertificates);
    }

    /// <summary>Comes as far as being signed in.</summary>
    /// <param name="server">Where.</param>
    /// <param name="turns">Gets every step as it is done, also when a later one fails.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="SmtpFailure">At the step it names.</exception>
    public static async Task<SmtpSession> OpenAsync(SmtpServer server, List<SmtpTurn> turns, CancellationToken ct)
    {
        var session = new SmtpSession(server, turns);
        try
        {
            await session.TalkAsync(limit => session.BeginAsync(turns, limit), ct);
            return session;
        }
        catch
        {
            session._client.Dispose();
            throw;
        }
    }

    /// <summary>Hands a mail over.</summary>
    /// <param name="from">The sender's address, in ASCII.</param>
    /// <param name="to">At least one address, in ASCII.</param>
    /// <param name="message">The mail.</param>
    /// <param name="ct">Heeded until the mail has gone whole. After that the answer is waited for: giving up would leave a mail of which nobody knows.</param>
    /// <returns>Each recipient with the server's answer; at least one of them was taken, and so was the mail.</returns>
    /// <exception cref="SmtpFailure">No recipient was taken, or the mail was not.</exception>
    public async Task<(IReadOnlyList<SmtpRecipient> Recipients, SmtpReply Accepted)> SendAsync(
        string from,
        IReadOnlyList<string> to,
        MimeMessage message,
        CancellationToken ct
    )
    {
        _client.Recipients.Clear();
        await TalkAsync(limit => _client.SendAsync(MimeForm.Format, message, Address(from), to.Select(Address), limit, _wire), ct);
        return ([.. _client.Recipients], _wire.Reply!);
    }

    /// <summary>Says goodbye, if there is still anybody, and hangs up.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(GoodbyePatience);
        await _client.DisconnectAsync(quit: true, patience.Token);
        _client.Dispose();
    }

    private async Task BeginAsync(List<SmtpTurn> turns, CancellationToken limit)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }; // a command waits for its answer: Nagle would hold it back
        try
        {
            await socket.ConnectAsync(_server.Host, _server.Port, limit);
            turns.Add(new SmtpTurn(SmtpStep.Connect, ""));
            _client.LocalDomain = ((IPEndPoint)socket.LocalEndPoint!).Address.ToString(); // says less about the machine than its name
            _wire.Enter(_server.Security == MailSecurity.Tls ? SmtpStep.Encrypt : SmtpStep.Greeting, _server.Patience.Connect);
            await _client.ConnectAsync(
                new NetworkStream(socket, ownsSocket: true),
                _server.Host,
                _server.Port,
                _server.Security switch
                {
                    MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                    MailSecurity.StartTls => SecureSocketOptions.StartTls,
                    _ => SecureSocketOptions.None,
                },
                limit
            );
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        if (_server.User.Length > 0)
            await SignInAsync(limit);
        // One command, one answer: so each is known with its step. The mail is seven-bit, and its end is a line of its own.
        _client.Capabilities &= SmtpCapabilities.Size;
    }

    // One attempt by one way: with the next one a wrong password would be tried twice, and the account locked sooner.
    private Task SignInAsync(CancellationToken limit)
    {
        if (!_client.IsSecure && !SmtpServer.IsThisMachine(_server.Host))
            throw new SmtpFailure(SmtpStep.SignIn, SmtpFault.Unprotected);
        return _client.AuthenticateAsync(
            _client.AuthenticationMechanisms.Contains("PLAIN") ? new SaslMechanismPlain(_server.User, _server.Password)
                : _client.AuthenticationMechanisms.Contains("LOGIN") ? new SaslMechanismLogin(_server.User, _server.Password)
                : throw new SmtpFailure(SmtpStep.SignIn, SmtpFault.NoSignIn),
            limit
        );
    }

    private async Task TalkAsync(Func<CancellationToken, Task> act, CancellationToken ct)
    {
        await using var stop = ct.UnsafeRegister(_ => _wire.GiveUp(), null);
        _wire.Begin(stop);
        try
        {
            await act(_wire.Limit);
            _wire.Rest();
        }
        catch (Exception e)
            when (_wire.Limit.IsCancellationRequested && _wire.Step != SmtpStep.Acceptance && ct.IsCancellationRequested && e is not SmtpFailure)
        {
            throw new OperationCanceledException(e.Message, e, ct);
        }
        catch (Exception e) when (FaultOf(e) is { } fault)
        {
            throw new SmtpFailure(
                fault == SmtpFault.NoTls ? SmtpStep.Encrypt : _wire.Step,
                fault,
                fault is SmtpFault.Refused or SmtpFault.Nonsense ? _wire.Reply : null,
                e
            );
        }
    }

    // A line break in it would be a second command.
    private static MailboxAddress Address(string address) =>
        address.Any(char.IsControl) ? throw new ArgumentException("A command is one line.", nameof(address)) : new MailboxAddress("", address);

    private SmtpFault? FaultOf(Exception e) =>
        e switch
        {
            _ when _wire.Limit.IsCancellationRequested => SmtpFault.Timeout,
            SmtpCommandException or AuthenticationException or ServiceNotAuthenticatedException => _wire.Reply is { IsGoOn: true }
                ? SmtpFault.Nonsense
                : SmtpFault.Refused,
            SslHandshakeException => _client.IsCertificateRefused ? SmtpFault.Certificate : SmtpFault.TlsFailed,
            NotSupportedException => SmtpFault.NoTls,
            SmtpProtocolException => _wire.IsNonsense ? SmtpFault.Nonsense : SmtpFault.Cut,
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => SmtpFault.NameUnknown,
            SocketException => SmtpFault.Unreachable,
            IOException => SmtpFault.Cut,
            _ => null,
        };

    private sealed class Client : SmtpClient
    {
        private readonly SmtpWire _wire;
        private readonly X509Certificate2Collection _trusted;

        public Client(SmtpWire wire, X509Certificate2Collection trusted)
            : base(wire)
        {
            (_wire, _trusted) = (wire, trusted);
            CheckCertificateRevocation = false; // an authority that cannot be asked must not hold the mail up
            ServerCertificateValidationCallback = (_, _, _, errors) => !(IsCertificateRefused = errors != SslPolicyErrors.None); // decides as without it, and says so
        }

        public List<SmtpRecipient> Recipients { get; } = [];

        public bool IsCertificateRefused { get; private set; }

        // Without the base call, which would end the mail for those who were taken.
        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            Recipients.Add(new SmtpRecipient(mailbox.Address, _wire.Reply!));

        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            Recipients.Add(new SmtpRecipient(mailbox.Address, _wire.Reply!));

        protected override void OnNoRecipientsAccepted(MimeMessage message) =>
            throw new SmtpFailure(SmtpStep.Recipient, SmtpFault.Refused, Recipients[0].Reply);

        protected override async Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken)
        {
            var size = await base.GetSizeAsync(options, message, cancellationToken);
            if (MaxSize > 0 && size > MaxSize)
                throw new SmtpFailure(SmtpStep.Sender, SmtpFault.TooLarge);
            _wire.Enter(SmtpStep.Sender); // the mail is prepared: from here on the time is the server's
            return size;
        }

        protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
            string host,
            RemoteCertificateValidationCallback remoteCertificateValidationCallback
        )
        {
            var options = base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback);
            if (_trusted.Count > 0)
            {
                options.CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                };
                options.CertificateChainPolicy.CustomTrustStore.AddRange(_trusted);
            }
            return options;
        }
    }
}
