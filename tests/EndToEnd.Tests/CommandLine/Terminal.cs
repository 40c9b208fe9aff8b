using System.Text;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>Standard output and standard error of a program that runs inside this process: each run has its own, however many run at once.</summary>
internal sealed class Terminal
{
    private static readonly AsyncLocal<Terminal?> Current = new();

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    static Terminal()
    {
        Console.SetOut(new Switch(Console.Out, terminal => terminal._output));
        Console.SetError(new Switch(Console.Error, terminal => terminal._error));
    }

    /// <summary>Runs it with a terminal of its own: what it, and what it starts, writes to the console ends there.</summary>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(Func<Task<int>> program)
    {
        var terminal = new Terminal();
        Current.Value = terminal; // for this method and what it calls; the caller keeps the own
        var exit = await program();
        return (exit, Text(terminal._output), Text(terminal._error));
    }

    private static string Text(StringBuilder said)
    {
        lock (said)
            return said.ToString();
    }

    private sealed class Switch(TextWriter real, Func<Terminal, StringBuilder> side) : TextWriter
    {
        public override Encoding Encoding => real.Encoding;

        public override void Write(char value) => Write([value]);

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (Current.Value is not { } terminal)
            {
                real.Write(buffer);
                return;
            }
            var said = side(terminal);
            lock (said)
                said.Append(buffer);
        }

        public override void WriteLine(string? value) => Write(value + NewLine);
    }
}
