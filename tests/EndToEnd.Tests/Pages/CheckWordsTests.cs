using Association.Office.Operation.Jobs;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The page of the job names every check of the books in words.</summary>
[Collection(OfficeCollection.Name)]
public sealed class CheckWordsTests(OfficeHost office)
{
    [Fact]
    public async Task every_check_of_the_books_has_its_words()
    {
        await using var scope = office.Services.CreateAsyncScope();
        var texts = scope.ServiceProvider.GetRequiredService<IStringLocalizer<JobsTexts>>();
        var checks = scope.ServiceProvider.GetServices<IVerifyCheck>().ToList();
        checks.Count.ShouldBeGreaterThan(5);
        checks.Where(c => texts[$"Finding.{c.Name}"].ResourceNotFound).Select(c => c.Name).ShouldBeEmpty();
    }
}
