using System.Text;
using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Import.Applying;
using Association.Membership.Import.Preview;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Association.Membership.Tests.Import;

/// <summary>An office with its own database that imports lists typed in a test.</summary>
public sealed class ImportOffice : IAsyncLifetime
{
    private TestOffice _office = null!;

    /// <summary>Members that the books already know.</summary>
    public HashSet<MemberId> Billed { get; } = [];

    public async Task InitializeAsync()
    {
        _office = await TestOffice.CreateAsync(
            services =>
                services
                    .AddSingleton<IBilledMembers>(new Books(Billed))
                    .AddSingleton<IInvoicedCharges>(new Association.Membership.Tests.Books())
                    .AddSingleton<IDeliveryChoices>(new Association.Membership.Tests.Books()),
            new MembershipModule()
        );
        _office.Clock.SetToday(Lists.Today);
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    /// <summary>A CSV file of these lines; <c>|</c> separates columns.</summary>
    internal static ListUpload Csv(params string[] lines) =>
        new("liste.csv", Encoding.UTF8.GetBytes(string.Join("\r\n", lines.Select(l => l.Replace('|', ';'))) + "\r\n"));

    internal async Task<ImportPlan> PreviewAsync(ListUpload upload) => await _office.As(Roles.Office).Bus.QueryAsync(new PreviewImport(upload));

    internal async Task<AppliedImport> ApplyAsync(ListUpload upload) => await _office.As(Roles.Office).Bus.InvokeAsync<AppliedImport>(new ApplyImport(upload));

    internal Task InvokeAsync(object command) => _office.As(Roles.Office).Bus.InvokeAsync(command);

    internal Task<T> InvokeAsync<T>(object command, string who = Roles.Office) => _office.As(who).Bus.InvokeAsync<T>(command);

    internal Task<T> QueryAsync<T>(Association.Platform.Messaging.IQuery<T> query, string who = Roles.Office) => _office.As(who).Bus.QueryAsync(query);

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    public async Task<string[]> ColumnAsync(string sql)
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>(sql)];
    }

    /// <summary>Everything about all members, to compare before and after.</summary>
    public Task<string[]> SnapshotAsync() => ColumnAsync("select membership.member_state(id)::text from membership.member order by number");

    private sealed class Books(HashSet<MemberId> billed) : IBilledMembers
    {
        public Task<IReadOnlyList<MemberId>> BilledAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<MemberId>>([.. members.Where(billed.Contains)]);
    }
}
