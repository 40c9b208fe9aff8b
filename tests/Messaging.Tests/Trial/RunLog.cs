using Xunit.Abstractions;
using Xunit.Sdk;

namespace Association.Messaging.Tests.Trial;

/// <summary>Says in the output of a test run how much was tried.</summary>
public sealed class RunLog(IMessageSink output)
{
    /// <summary>Whether the tests were asked to take their time: <c>./test.sh --long</c>.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("ASSOCIATION_TEST_LONG") == "1";

    public void Say(string what) => output.OnMessage(new DiagnosticMessage(what));
}
