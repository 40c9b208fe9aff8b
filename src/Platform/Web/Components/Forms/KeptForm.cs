using Microsoft.AspNetCore.Http;

namespace Association.Platform.Web.Components;

/// <summary>What was typed into a form of this page before, and could not be taken because nobody was signed in any more. A feature of the request.</summary>
/// <param name="Fields">As they were posted, without secrets.</param>
public sealed record KeptForm(IFormCollection Fields);
