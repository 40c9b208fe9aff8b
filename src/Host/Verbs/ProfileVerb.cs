using System.CommandLine;
using System.Text.Json;
using Association.Host.Startup;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Web.CommandLine;

namespace Association.Host.Verbs;

/// <summary>
/// <c>profile</c>: shows name, address, account and creditor id of the association, or sets them from a JSON file. Every change is a
/// new version; issued documents keep theirs.
/// </summary>
internal sealed class ProfileVerb : IVerb
{
    private readonly Option<FileInfo?> _set = new("--set") { Description = "A JSON file with the fields that this verb prints; fields that it lacks stay as they are.", HelpName = "FILE" };

    public Command Define(IVerbHost host)
    {
        var command = new Command("profile", "Show or set what stands on letters: name, address, account, creditor id. Whoever runs this has the database anyway, so no user is asked for.") { _set };
        command.SetAction(host.Run(_ => false, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var profiles = context.Services.GetRequiredService<IAssociationProfiles>();
        var profile = await profiles.CurrentAsync(context.Cancellation);
        if (context.Arguments.GetValue(_set) is not { } file) return new VerbAnswer(profile, VerbJson.Serialize(profile));
        var wished = Merge(profile, file);
        if (wished == profile) return new VerbAnswer(profile, $"Nothing changed; version {profile.Version} holds.");
        var version = await profiles.SaveAsync(wished, context.Cancellation);
        return new VerbAnswer(wished with { Version = version }, $"Version {version} holds from now on.");
    }

    private static AssociationProfile Merge(AssociationProfile profile, FileInfo file)
    {
        try
        {
            var fields = JsonSerializer.SerializeToNode(profile, JsonSerializerOptions.Web)!.AsObject();
            var typed = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file.FullName), JsonSerializerOptions.Web) ?? [];
            foreach (var (name, value) in typed)
            {
                if (name == "version" || !fields.ContainsKey(name))
                    throw new RefusedException($"{file.Name} has the field '{name}', which is unknown. Known are {string.Join(", ", fields.Select(f => f.Key).Where(k => k != "version"))}.");
                fields[name] = value;
            }
            return Checked(fields.Deserialize<AssociationProfile>(JsonSerializerOptions.Web)!);
        }
        catch (JsonException e)
        {
            throw new RefusedException($"{file.Name} is no JSON object of texts (line {e.LineNumber + 1}).");
        }
    }

    private static AssociationProfile Checked(AssociationProfile profile)
    {
        if (profile.Name.Length == 0 || profile.ShortName.Length == 0) throw new RefusedException("'name' and 'shortName' must not be empty.");
        if (!Iban.TryParse(profile.Iban, out var iban, out _)) throw new RefusedException("'iban' is no valid IBAN.");
        if (!CreditorId.IsValid(profile.CreditorId)) throw new RefusedException("'creditorId' is no valid Gläubiger-Identifikationsnummer.");
        return profile with { Iban = iban.Value };
    }
}
