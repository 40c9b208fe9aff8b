namespace Association.Host.Operation.Messages;

/// <summary>Addresses of the pages about messages.</summary>
internal static class MessagesUrl
{
    public const string Queues = "/office/messages";
}
