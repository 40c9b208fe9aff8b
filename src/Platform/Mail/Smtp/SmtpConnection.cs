using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Association.Platform.Mail.Smtp;

/// <summary>Lines to a server and its answers; every wait ends, and whatever goes wrong is an <see cref="SmtpFailure"/> at its step.</summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private const int LongestLine = 4096; // RFC 5321 allows 512; servers in the field say more
    private const int MostLines = 100;

    private readonly SmtpServer _server;
    private readonly TcpClient _client;
    private readonly byte[] _buffer = new byte[8192];
    private Stream _stream;
    private int _begin;
    private int _end;

    private SmtpConnection(SmtpServer server, TcpClient client)
    {
        _server = server;
        _client = client;
        _stream = client.GetStream();
    }

    public bool IsEncrypted => _stream is SslStream;

    /// <summary>This side's address as EHLO wants it, which says less about the machine than its name.</summary>
    public string OwnLiteral => ((IPEndPoint)_client.Client.LocalEndPoint!).Address switch
    {
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } v6 => $"[IPv6:{v6}]",
        var v4 => $"[{v4.MapToIPv4()}]",
    };

    public static async Task<SmtpConnection> OpenAsync(SmtpServer server, CancellationToken ct)
    {
        var client = new TcpClient { NoDelay = true }; // a command waits for its answer: Nagle would hold it back
        try
        {
            await WithinAsync(SmtpStep.Connect, server.Patience.Connect, async limit => await client.ConnectAsync(server.Host, server.Port, limit), ct);
            return new SmtpConnection(server, client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Encrypts from here on and checks the certificate.</summary>
    public Task EncryptAsync(CancellationToken ct) => WithinAsync(SmtpStep.Encrypt, _server.Patience.Connect, async limit =>
    {
        // What came in plain text behind the answer to STARTTLS was put there by somebody else.
        if (_begin < _end) throw new SmtpFailure(SmtpStep.Encrypt, SmtpFault.Nonsense);
        var encrypted = new SslStream(_stream);
        _stream = encrypted;
        var refused = false;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = _server.Host,
            RemoteCertificateValidationCallback = (_, _, _, errors) => !(refused = errors != SslPolicyErrors.None), // decides as without it, and says so
        };
        if (_server.TrustedCertificates.Count > 0)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_server.TrustedCertificates);
        }
        try
        {
            await encrypted.AuthenticateAsClientAsync(options, limit);
        }
        catch (AuthenticationException e)
        {
            throw new SmtpFailure(SmtpStep.Encrypt, refused ? SmtpFault.Certificate : SmtpFault.TlsFailed, cause: e);
        }
    }, ct);

    /// <summary>Says a line and reads the answer.</summary>
    /// <exception cref="ArgumentException">The line has control characters: somebody would put a second command into it.</exception>
    public async Task<SmtpReply> AskAsync(SmtpStep step, string line, CancellationToken ct)
    {
        if (line.Any(char.IsControl)) throw new ArgumentException("A command is one line.", nameof(line));
        await WriteAsync(step, Encoding.UTF8.GetBytes(line + "\r\n"), ct);
        return await ReadAsync(step, ct);
    }

    public Task WriteAsync(SmtpStep step, ReadOnlyMemory<byte> bytes, CancellationToken ct) => WithinAsync(step, PatienceAt(step), async limit =>
    {
        await _stream.WriteAsync(bytes, limit);
        await _stream.FlushAsync(limit);
    }, ct);

    /// <summary>Reads an answer of one or more lines.</summary>
    public async Task<SmtpReply> ReadAsync(SmtpStep step, CancellationToken ct)
    {
        var lines = new List<string>();
        var code = 0;
        await WithinAsync(step, PatienceAt(step), async limit =>
        {
            for (var more = true; more;)
            {
                var line = await ReadLineAsync(step, limit);
                if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var said) || said is < 200 or > 599
                    || (lines.Count > 0 && said != code) || lines.Count == MostLines || (line.Length > 3 && line[3] is not (' ' or '-')))
                    throw new SmtpFailure(step, SmtpFault.Nonsense);
                code = said;
                more = line.Length > 3 && line[3] == '-';
                lines.Add(line.Length > 4 ? line[4..] : "");
            }
        }, ct);
        return new SmtpReply(code, lines);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _stream.DisposeAsync();
        }
        catch (IOException)
        {
            // the other side was gone first
        }
        _client.Dispose();
    }

    private TimeSpan PatienceAt(SmtpStep step) => step == SmtpStep.Acceptance ? _server.Patience.Acceptance : _server.Patience.Reply;

    // Control characters are blanks: the words are stored and shown.
    private async Task<string> ReadLineAsync(SmtpStep step, CancellationToken ct)
    {
        var line = new List<byte>();
        while (true)
        {
            if (_begin == _end)
            {
                (_begin, _end) = (0, await _stream.ReadAsync(_buffer, ct));
                if (_end == 0) throw new SmtpFailure(step, SmtpFault.Cut);
            }
            var next = _buffer[_begin++];
            if (next == '\n') return string.Concat(Encoding.UTF8.GetString([.. line]).TrimEnd('\r').Select(c => char.IsControl(c) ? ' ' : c));
            if (line.Count == LongestLine) throw new SmtpFailure(step, SmtpFault.Nonsense);
            line.Add(next);
        }
    }

    private static async Task WithinAsync(SmtpStep step, TimeSpan patience, Func<CancellationToken, Task> act, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            await act(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new SmtpFailure(step, SmtpFault.Timeout);
        }
        catch (SocketException e)
        {
            throw new SmtpFailure(step, e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain ? SmtpFault.NameUnknown : SmtpFault.Unreachable, cause: e);
        }
        catch (IOException e)
        {
            throw new SmtpFailure(step, SmtpFault.Cut, cause: e);
        }
    }
}
