using System.Text.Json;
using Association.Office.Contracts;
using Association.Platform.Data;
using Association.Platform.Web.Components;
using Dapper;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Primitives;

namespace Association.Office.People.Sessions;

/// <summary>
/// Nothing that was typed is lost when a session has ended meanwhile: the form is kept for the person whose session it was, and stands filled on its page
/// when the same person has signed in again. It is not submitted by itself.
/// </summary>
internal sealed class KeptForms(OfficeDatabase database, TimeProvider clock)
{
    /// <summary>In the page's address: which form comes back.</summary>
    public const string Parameter = "kept";

    private const int MostFields = 500;
    private const int MostBytes = 100_000;
    private const int MostOfAPerson = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Keeps what a request posts to a page.</summary>
    /// <param name="context">The request that was refused.</param>
    /// <param name="session">Its session, which has ended.</param>
    /// <returns>Its id; null when there is nothing to keep.</returns>
    public async Task<Guid?> KeepAsync(HttpContext context, Guid session)
    {
        var request = context.Request;
        var isForm = HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.ContentLength is > 0 and <= MostBytes;
        if (!isForm || context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
            return null;
        var form = await request.ReadFormAsync(context.RequestAborted);
        var fields = form.Where(field => !IsSecret(field.Key)).ToDictionary(field => field.Key, field => field.Value.ToArray());
        if (fields.Count is 0 or > MostFields)
            return null;
        var id = Guid.CreateVersion7();
        await using var connection = await database.OpenConnectionAsync(context.RequestAborted);
        return await connection.QuerySingleOrDefaultAsync<Guid?>(
            """
            with old as (delete from identity.kept_form where kept_at < @old)
            insert into identity.kept_form (id, person_id, kept_at, fields)
            select @id, s.person_id, @now, @fields from identity.session s
             where s.id = @session
               and (select count(*) from identity.kept_form f where f.person_id = s.person_id and f.kept_at >= @old) < @most
            returning id
            """,
            new
            {
                id,
                session,
                now = clock.GetUtcNow(),
                old = clock.GetUtcNow() - Patience,
                fields = JsonSerializer.Serialize(fields),
                most = MostOfAPerson,
            }
        );
    }

    /// <summary>What is kept for this person under this id; null when there is nothing any more.</summary>
    public async Task<KeptForm?> FindAsync(Guid id, Guid person, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var fields = await connection.ExecuteScalarAsync<string?>(
            new CommandDefinition(
                "select fields from identity.kept_form where id = @id and person_id = @person and kept_at >= @old",
                new
                {
                    id,
                    person,
                    old = clock.GetUtcNow() - Patience,
                },
                cancellationToken: ct
            )
        );
        return fields is null
            ? null
            : new KeptForm(
                new FormCollection(JsonSerializer.Deserialize<Dictionary<string, string[]>>(fields)!.ToDictionary(f => f.Key, f => new StringValues(f.Value)))
            );
    }

    /// <summary>Tokens are of the old page; passwords and codes are typed anew. A rule of the house compares this with every field that takes one.</summary>
    internal static bool IsSecret(string field) =>
        field.StartsWith("__", StringComparison.Ordinal)
        || field.EndsWith("Password", StringComparison.OrdinalIgnoreCase)
        || field is "Present" or "New" or "Again" or "Code";
}

/// <summary>Lays what is kept beside the request of the page that it belongs to.</summary>
internal sealed class KeptFormMiddleware(RequestDelegate next, KeptForms forms)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (
            HttpMethods.IsGet(context.Request.Method)
            && Guid.TryParse(context.Request.Query[KeptForms.Parameter], out var id)
            && context.Features.Get<SignedIn>() is { } person
            && await forms.FindAsync(id, person.PersonId, context.RequestAborted) is { } kept
        )
            context.Features.Set(kept);
        await next(context);
    }
}
