using System.Globalization;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Operation;
using Association.Platform.Web.Lists;

namespace Association.Office.Operation.Messages.DeadLetters;

/// <summary>What the address of a decision chooses: letters one by one, or all that match a filter.</summary>
internal sealed record ChosenAddress(string[]? Letters, DeadLetterFilter Filter, string? Return)
{
    /// <summary>Where the decision was begun.</summary>
    public string Back => ListReturn.Read(Return, MessagesUrl.Dead, LetterAddress.With(MessagesUrl.Dead, Filter));

    /// <summary>The selection; of those that match, none that failed after the question was asked.</summary>
    public DeadLetterSelection Selection(string? until) =>
        Letters is { Length: > 0 } letters
            ? DeadLetterSelection.Of([.. letters.Select(LetterAddress.Read).OfType<LetterKey>()])
            : DeadLetterSelection.All(
                DateTime.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) && moment.Kind == DateTimeKind.Utc
                    ? Filter with
                    {
                        Until = moment,
                    }
                    : Filter
            );
}

/// <summary>How many letters were chosen, of which work.</summary>
internal sealed record Chosen(IReadOnlyList<DeadLetterCount> Counts)
{
    public static readonly Chosen Nothing = new([]);

    public long Total => Counts.Sum(c => c.Letters);

    /// <summary>When the last of them failed, for the form.</summary>
    public string Until => Counts.Count == 0 ? "" : Counts.Max(c => c.NewestAt).ToString("O", CultureInfo.InvariantCulture);

    public static async Task<Chosen> FindAsync(IMessageBus bus, DeadLetterSelection selection) => new(await bus.QueryAsync(new CountDeadLetters(selection)));
}
