using System.Reflection;
using Association.Platform.Messaging.Model;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Messaging.Operation;

/// <summary>Names the work of a queue in the reader's language.</summary>
internal sealed class QueueWords(MessagingModel model, IStringLocalizerFactory texts)
{
    /// <summary>What the queue's handler does; <paramref name="otherwise"/> when it does not say or is gone.</summary>
    public string Of(string queue, string otherwise) =>
        model.HandlerOfQueue(queue)?.HandlerType.GetCustomAttribute<PlainWordsAttribute>() is { } words ? texts.Create(words.Texts)[words.Key] : otherwise;
}
