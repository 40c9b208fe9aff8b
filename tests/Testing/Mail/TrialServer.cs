using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Association.Testing;

/// <summary>A mail that the server has, whatever it said.</summary>
/// <param name="From">Of the envelope.</param>
/// <param name="To">Of the envelope.</param>
/// <param name="Data">Headers and body.</param>
public sealed record Received(string From, IReadOnlyList<string> To, string Data)
{
    /// <summary>Of its headers.</summary>
    public string MessageId => Regex.Match(Data, "^Message-ID: <(.+)>", RegexOptions.Multiline | RegexOptions.IgnoreCase).Groups[1].Value.TrimEnd('\r');
}

/// <summary>A mail server on a socket that behaves as a test tells it to, well or badly.</summary>
public sealed class TrialServer : IAsyncDisposable
{
    /// <summary>An answer: breaks the connection off instead.</summary>
    public const string Cut = "(cut)";

    /// <summary>An answer: never gives one.</summary>
    public const string Hang = "(hang)";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Received> _mails = new();
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly Task _accepting;
    private readonly ConcurrentBag<Task> _talks = [];

    /// <summary>Listens.</summary>
    public TrialServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it has taken.</summary>
    public IReadOnlyList<Received> Mails => [.. _mails];

    /// <summary>What was said to it.</summary>
    public IReadOnlyList<string> Commands => [.. _commands];

    /// <summary>Encrypted from the first byte with it.</summary>
    public X509Certificate2? Tls { get; init; }

    /// <summary>Offers STARTTLS with it.</summary>
    public X509Certificate2? StartTls { get; init; }

    /// <summary>Who may sign in; null: nobody has to.</summary>
    public (string User, string Password)? Account { get; init; }

    /// <summary>How one signs in.</summary>
    public string Ways { get; init; } = "PLAIN LOGIN";

    /// <summary>The limit it offers.</summary>
    public long Size { get; init; } = 10_000_000;

    /// <summary>What it says to a line; null: what it should. The greeting answers an empty line, the end of a mail „.“.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>What it does in the midst of a mail, having read so many of its lines: <see cref="Cut"/>, <see cref="Hang"/>, or null, go on reading.</summary>
    public Func<int, string?> Midway { get; set; } = _ => null;

    /// <summary>Happens before it answers a line.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_talks);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // the test is over
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await new Talk(this, client.GetStream()).RunAsync(_stop.Token);
            }
            catch (Exception e)
                when (e
                        is IOException
                            or OperationCanceledException
                            or System.Security.Authentication.AuthenticationException
                            or SocketException
                            or ObjectDisposedException
                )
            {
                // the other side has gone, or does not trust this one
            }
        }
    }

    private sealed class Talk(TrialServer server, Stream stream)
    {
        private readonly List<string> _to = [];
        private string _from = "";
        private bool _encrypted;

        public async Task RunAsync(CancellationToken ct)
        {
            if (server.Tls is { } tls)
                await EncryptAsync(tls, ct);
            if (!await SayAsync("", "220 trial.example ESMTP ready", ct))
                return;
            while (await ReadLineAsync(ct) is { } line)
            {
                server._commands.Enqueue(line);
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                if (verb == "QUIT")
                {
                    await WriteAsync("221 2.0.0 Bye", ct);
                    return;
                }
                if (!await SayAsync(line, Proper(verb, line), ct))
                    return;
            }
        }

        private string Proper(string verb, string line)
        {
            switch (verb)
            {
                case "EHLO":
                    return string.Join("\r\n", Offers().Select((offer, i) => $"250{(i == Offers().Count - 1 ? ' ' : '-')}{offer}"));
                case "STARTTLS":
                    return "220 2.0.0 Go ahead";
                case "AUTH":
                    return line == "AUTH LOGIN"
                        ? "334 VXNlcm5hbWU6"
                        : Signed(
                            Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Split('\0') is [_, var user, var password]
                                ? (user, password)
                                : default
                        );
                case "MAIL":
                    _to.Clear();
                    _from = Address(line);
                    return "250 2.1.0 Ok";
                case "RCPT":
                    _to.Add(Address(line));
                    return "250 2.1.5 Ok";
                case "DATA":
                    return "354 End data with <CR><LF>.<CR><LF>";
                default:
                    return "250 2.0.0 Ok";
            }
        }

        private List<string> Offers()
        {
            List<string> offers = ["trial.example", $"SIZE {server.Size}", "8BITMIME"];
            if (server.StartTls is not null && !_encrypted)
                offers.Add("STARTTLS");
            if (server.Account is not null && (_encrypted || server is { Tls: null, StartTls: null }))
                offers.Add("AUTH " + server.Ways);
            return offers;
        }

        private string Signed((string, string) who) => who == server.Account ? "235 2.7.0 Authentication successful" : "535 5.7.8 Error: authentication failed";

        /// <returns>Whether to go on.</returns>
        private async Task<bool> SayAsync(string line, string proper, CancellationToken ct)
        {
            await server.Before(line);
            var answer = server.Answer(line);
            if (answer == Cut)
                return false;
            if (answer == Hang)
                await Task.Delay(Timeout.Infinite, ct);
            await WriteAsync(answer ?? proper, ct);
            if (answer is not null)
                return true;
            switch (proper[..3])
            {
                case "220" when line == "STARTTLS":
                    await EncryptAsync(server.StartTls!, ct);
                    return true;
                case "334":
                    var user = Encoding.UTF8.GetString(Convert.FromBase64String((await ReadLineAsync(ct))!));
                    await WriteAsync("334 UGFzc3dvcmQ6", ct);
                    await WriteAsync(Signed((user, Encoding.UTF8.GetString(Convert.FromBase64String((await ReadLineAsync(ct))!)))), ct);
                    return true;
                case "354":
                    return await TakeAsync(ct);
                default:
                    return true;
            }
        }

        // A server that says yes has the mail, and so may one that says nothing any more.
        private async Task<bool> TakeAsync(CancellationToken ct)
        {
            var data = new StringBuilder();
            for (var lines = 1; await ReadLineAsync(ct) is { } line && line != "."; lines++)
            {
                data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
                var midway = server.Midway(lines);
                if (midway == Cut)
                    return false;
                if (midway == Hang)
                    await Task.Delay(Timeout.Infinite, ct);
            }
            var answer = server.Answer(".");
            if (answer is null or Cut or Hang || answer[0] == '2')
                server._mails.Enqueue(new Received(_from, [.. _to], data.ToString()));
            return await SayAsync(".", "250 2.0.0 Ok: queued as 4XyZ", ct);
        }

        private async Task EncryptAsync(X509Certificate2 certificate, CancellationToken ct)
        {
            var encrypted = new SslStream(stream);
            await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, ct);
            (stream, _encrypted) = (encrypted, true);
        }

        private async Task WriteAsync(string line, CancellationToken ct) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), ct);

        private async Task<string?> ReadLineAsync(CancellationToken ct)
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await stream.ReadAsync(one, ct) == 1)
            {
                if (one[0] == '\n')
                    return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
                line.Add(one[0]);
            }
            return null;
        }

        private static string Address(string line) => Regex.Match(line, "<(.*?)>").Groups[1].Value;
    }
}
