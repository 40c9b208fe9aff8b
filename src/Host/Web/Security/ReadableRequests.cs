using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Primitives;

namespace Association.Host.Web.Security;

/// <summary>
/// What nobody can read is refused with 400 before a page works with it: the character NUL, which the database does not take, wherever it stands; a value in
/// the address that is not what the page takes (a number, a day, an id); a form whose parts do not fit together.
/// </summary>
internal static class ReadableRequests
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<(string Name, Func<string, bool> Reads)>> Pages = new();

    /// <summary>Comes behind whatever finds out who asks and how often.</summary>
    public static IApplicationBuilder UseReadableRequests(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (IsAddressReadable(context) && await IsFormReadableAsync(context))
                {
                    await next(context);
                    return;
                }
                context.Request.AskForPage();
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
            }
        );

    private static bool IsAddressReadable(HttpContext context)
    {
        var query = context.Request.Query;
        if (query.Any(HasNul))
            return false;
        return context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not { Type: var page }
            || Pages.GetOrAdd(page, ValuesOf).All(value => query[value.Name].All(text => string.IsNullOrEmpty(text) || value.Reads(text)));
    }

    private static async Task<bool> IsFormReadableAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            return true;
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return !form.Any(HasNul) && !form.Files.Any(file => HasNul(file.Name) || HasNul(file.FileName));
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            return false; // too many fields, parts without their names; cut off
        }
    }

    private static bool HasNul(KeyValuePair<string, StringValues> field) => HasNul(field.Key) || field.Value.Any(HasNul);

    private static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

    // Of a page and what it derives from: the values of its address that are more than text.
    private static IReadOnlyList<(string, Func<string, bool>)> ValuesOf(Type page)
    {
        var values = new List<(string, Func<string, bool>)>();
        for (var type = page; type is not null; type = type.BaseType)
            foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is { } query && ReaderOf(property.PropertyType) is { } reads)
                    values.Add((query.Name ?? property.Name, reads));
        return values;
    }

    private static Func<string, bool>? ReaderOf(Type type)
    {
        var one = type.IsArray ? type.GetElementType()! : type;
        var value = Nullable.GetUnderlyingType(one) ?? one;
        return value == typeof(string)
            ? null
            : typeof(ReadableRequests)
                .GetMethod(nameof(Reads), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(value)
                .CreateDelegate<Func<string, bool>>();
    }

    private static bool Reads<T>(string text)
        where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out _);
}
