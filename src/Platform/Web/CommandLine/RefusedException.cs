namespace Association.Platform.Web.CommandLine;

/// <summary>The program was called in a way that it refuses; the message is for the person who typed.</summary>
public sealed class RefusedException(string message) : Exception(message);
