using Association.Billing.Contracts;
using Association.Membership.Applications.Deciding;
using Association.Membership.Applications.Form;
using Association.Membership.Applications.Model;
using Association.Membership.Applications.Record;
using Association.Membership.Members.Model;
using Association.Membership.Tests.Members;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Applications;

/// <summary>Class fixture: an office with the sample regulation on 23.11.2026, whose mails leave by a server on this machine.</summary>
public sealed class ApplyingOffice : IAsyncLifetime
{
    private TestOffice? _office;

    public TestOffice Office => _office!;

    /// <summary>Takes the mails.</summary>
    public TrialServer Server { get; } = new();

    public async Task InitializeAsync()
    {
        var books = new Books();
        _office = await TestOffice.CreateAsync(
            services => services.AddScoped<IBilledMembers>(_ => books).AddScoped<IInvoicedCharges>(_ => books).AddScoped<IDeliveryChoices>(_ => books),
            new MembershipModule()
        );
        Office.Clock.SetToday(new DateOnly(2026, 11, 23));
        foreach (var data in Office.As(Actor.System).Services.GetServices<IInitialData>().OrderBy(d => d.Order))
            await data.SeedAsync(CancellationToken.None);
        await Office.WriteByMailAsync(Server.Port);
    }

    public async Task DisposeAsync()
    {
        await Office.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>A company in Lorraine, with a mandate.</summary>
    internal static ApplicationForm Form(string name = "Pharma Moselle SARL", string email = "contact@moselle.example") =>
        new(
            MemberKind.Organisation,
            "company",
            45,
            new DateOnly(2026, 12, 1),
            name,
            "",
            "12 rue des Clercs",
            "57000",
            "Metz",
            "FR",
            "fr",
            email,
            "+33 3 87 55 01 02",
            Salutation.Ms,
            "Claire Weber",
            "Directrice",
            "DE02 1203 0000 0000 2020 51"
        );

    /// <summary>Whoever applies is nobody here.</summary>
    internal Task<int> SendAsync(ApplicationForm form, Guid? id = null, bool mandate = true) =>
        Office.As(Actor.Anonymous).Bus.InvokeAsync<int>(new SendApplication(id ?? Guid.CreateVersion7(), form, Statutes: true, Privacy: true, mandate));

    /// <summary>Sent by the form, and handed to the board by the office.</summary>
    internal async Task<int> SubmittedAsync(ApplicationForm form, bool mandate = true)
    {
        var number = await SendAsync(form, mandate: mandate);
        await Office.InvokeAsync(new SubmitApplication(number));
        return number;
    }

    internal async Task<ApplicationRecord> ReadAsync(int number) => (await Office.As("board").Bus.QueryAsync(new ReadApplication(number))).ShouldNotBeNull();

    /// <summary>As the board accepts.</summary>
    internal static AcceptApplication Accept(int number, string? member = null) =>
        new(number, new DateOnly(2026, 12, 1), "Vorstand", new DateOnly(2026, 11, 20), "Nr. 7/2026", member);

    /// <summary>The command is refused with this one problem.</summary>
    internal async Task<string> RefusedAsync(string who, object command, string field)
    {
        var refused = await Should.ThrowAsync<ProblemsException>(() => Office.As(who).Bus.InvokeAsync(command));
        var problem = refused.Problems.ShouldHaveSingleItem();
        problem.Field.ShouldBe(field);
        problem.Text.ShouldContain(' ');
        return problem.Text;
    }
}
