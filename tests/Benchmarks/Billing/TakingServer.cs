using System.Net;
using System.Net.Sockets;

namespace Association.Benchmarks.Billing;

/// <summary>A mail server on this machine that takes whatever it is given and keeps nothing: as little work as there can be on that side.</summary>
internal sealed class TakingServer : IAsyncDisposable
{
    private static readonly byte[] End = "\r\n.\r\n"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly TimeSpan _answerAfter;
    private int _taken;
    private int _conversations;

    /// <param name="answerAfter">How long it takes to answer anything; zero: it answers at once.</param>
    public TakingServer(TimeSpan answerAfter)
    {
        _answerAfter = answerAfter;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many mails it took.</summary>
    public int Taken => _taken;

    /// <summary>In how many conversations.</summary>
    public int Conversations => _conversations;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = TalkAsync(await _listener.AcceptSocketAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // the measurement is over
        }
    }

    private async Task TalkAsync(Socket client)
    {
        using var socket = client;
        socket.NoDelay = true;
        Interlocked.Increment(ref _conversations);
        try
        {
            await SayAsync(socket, "220 taking.example ESMTP\r\n"u8.ToArray());
            var (buffer, held) = (new byte[64 * 1024], 0);
            while (true)
            {
                var end = buffer.AsSpan(0, held).IndexOf((byte)'\n');
                if (end < 0)
                {
                    var read = await socket.ReceiveAsync(buffer.AsMemory(held), _stop.Token);
                    if (read == 0)
                        return;
                    held += read;
                    continue;
                }
                var verb = System.Text.Encoding.ASCII.GetString(buffer, 0, Math.Min(end, 4));
                buffer.AsSpan(end + 1, held - end - 1).CopyTo(buffer);
                held -= end + 1;
                switch (verb)
                {
                    case "EHLO":
                        await SayAsync(socket, "250-taking.example\r\n250 SIZE 50000000\r\n"u8.ToArray());
                        break;
                    case "DATA":
                        await SayAsync(socket, "354 Go on\r\n"u8.ToArray());
                        held = await TakeAsync(socket, buffer, held);
                        if (held < 0)
                            return;
                        Interlocked.Increment(ref _taken);
                        await SayAsync(socket, "250 2.0.0 Ok: taken\r\n"u8.ToArray());
                        break;
                    case "QUIT":
                        await SayAsync(socket, "221 2.0.0 Bye\r\n"u8.ToArray());
                        return;
                    default:
                        await SayAsync(socket, "250 2.0.0 Ok\r\n"u8.ToArray());
                        break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // the other side has gone
        }
    }

    // Reads over the mail; what stands behind its end stays in the buffer. Only the last letters are kept: the end may come in pieces.
    private async Task<int> TakeAsync(Socket socket, byte[] buffer, int held)
    {
        while (true)
        {
            var end = buffer.AsSpan(0, held).IndexOf(End);
            if (end >= 0)
            {
                var behind = end + End.Length;
                buffer.AsSpan(behind, held - behind).CopyTo(buffer);
                return held - behind;
            }
            var kept = Math.Min(held, End.Length - 1);
            buffer.AsSpan(held - kept, kept).CopyTo(buffer);
            var read = await socket.ReceiveAsync(buffer.AsMemory(kept), _stop.Token);
            if (read == 0)
                return -1;
            held = kept + read;
        }
    }

    private async Task SayAsync(Socket socket, byte[] line)
    {
        if (_answerAfter > TimeSpan.Zero)
            await Task.Delay(_answerAfter, _stop.Token);
        await socket.SendAsync(line, SocketFlags.None, _stop.Token);
    }
}
