using System.CommandLine;
using System.Text.Json;
using Association.Office.People.SignIn;
using Association.Office.Settings.Accounts;
using Association.Office.Settings.Letterhead;
using Association.Office.Settings.Profile;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;

namespace Association.Office.Settings.Verbs;

/// <summary>
/// <c>profile</c>: shows name, address, account and creditor id of the association, or sets them from a JSON file by the same commands as the
/// pages. Every change is a new version; issued documents keep theirs. Another account waits for a person who confirms it by page.
/// </summary>
internal sealed class ProfileVerb : IVerb
{
    private static readonly string[] NotTyped = ["version", "logoId"];

    private readonly Option<FileInfo?> _set = new("--set")
    {
        Description = "A JSON file with the fields that this verb prints; fields that it lacks stay as they are.",
        HelpName = "FILE",
    };

    public Command Define(IVerbHost host)
    {
        var command = new Command(
            "profile",
            "Show or set what stands on letters: name, address, colour, account, creditor id. Whoever runs this has the database anyway, so no user is asked for."
        )
        {
            _set,
        };
        command.SetAction(host.Run(_ => false, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var profiles = context.Services.GetRequiredService<IAssociationProfiles>();
        var profile = await profiles.CurrentAsync(context.Cancellation);
        if (context.Arguments.GetValue(_set) is not { } file)
            return new VerbAnswer(profile, VerbJson.Serialize(profile));

        var wished = Merge(profile, file, await InputFile.ReadTextAsync(context, file));
        var outcome = await AsAdministrator.RunAsync(context.Services, () => SaveAsync(context.Bus, profile, wished));
        var current = await profiles.CurrentAsync(context.Cancellation);
        return new VerbAnswer(current, Sentence(profile, current, outcome));
    }

    private static async Task<BankDetailsOutcome> SaveAsync(IMessageBus bus, AssociationProfile profile, AssociationProfile wished)
    {
        if (Color(wished) != profile.Color)
            await bus.InvokeAsync(new UseColor(profile.Version, Color(wished)));
        if (AssociationData.Of(wished) != AssociationData.Of(profile))
            await bus.InvokeAsync(new ChangeAssociation(profile.Version, AssociationData.Of(wished)));
        var (before, after) = (DetailsOf(profile), DetailsOf(wished));
        return before == after ? BankDetailsOutcome.Unchanged : await bus.InvokeAsync<BankDetailsOutcome>(new ProposeBankDetails(after, "Kommandozeile"));
    }

    private static string Sentence(AssociationProfile before, AssociationProfile current, BankDetailsOutcome outcome)
    {
        var saved = current.Version == before.Version ? $"Nothing changed; version {current.Version} holds." : $"Version {current.Version} holds from now on.";
        return outcome == BankDetailsOutcome.Proposed
            ? $"{saved} The other account waits: the board or an administrator confirms it at {SettingsUrl.Accounts}."
            : saved;
    }

    private static string? Color(AssociationProfile profile) => profile.Color is { Length: > 0 } color ? color : null;

    private static BankDetails DetailsOf(AssociationProfile profile) => new BankDetails(profile.BankName, profile.Iban, profile.Bic, profile.CreditorId).Tidy();

    private static AssociationProfile Merge(AssociationProfile profile, FileInfo file, string json)
    {
        try
        {
            var fields = JsonSerializer.SerializeToNode(profile, JsonSerializerOptions.Web)!.AsObject();
            var typed = JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Web) ?? [];
            foreach (var (name, value) in typed)
            {
                if (NotTyped.Contains(name) || !fields.ContainsKey(name))
                    throw new RefusedException(
                        $"{file.Name} has the field '{name}', which is unknown. Known are {string.Join(", ", fields.Select(f => f.Key).Except(NotTyped))}."
                    );
                fields[name] = value;
            }
            return fields.Deserialize<AssociationProfile>(JsonSerializerOptions.Web)! with { Logo = profile.Logo };
        }
        catch (JsonException e)
        {
            throw new RefusedException($"{file.Name} is no JSON object of texts (line {e.LineNumber + 1}).");
        }
    }
}
