using Association.Membership.Contracts;
using Association.Membership.Members.References;
using Association.Membership.Tests.Dues;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

/// <summary>Order number, Kassenzeichen and Leitweg-ID of a member for one dues year.</summary>
public sealed class ReferenceTests : IAsyncLifetime
{
    private const string Leitweg = "04011000-1234512345-06";
    private DuesOffice _dues = null!;
    private MemberId _member;

    public async Task InitializeAsync()
    {
        _dues = await DuesOffice.OpenAsync();
        _member = await _dues.MemberAsync("insurer", name: "Kreisverwaltung");
    }

    public async Task DisposeAsync() => await _dues.DisposeAsync();

    [Fact]
    public async Task the_references_of_a_year_go_with_the_charge_of_that_year_and_with_no_other()
    {
        await _dues.InvokeAsync("office", new SetReferences(_member, 2027, 0, " 4500  012345 ", "KZ 77", Leitweg.ToLowerInvariant()));
        await _dues.InvokeAsync("office", new SetReferences(_member, 2028, 0, "4600", null, null));

        (await RaisedAsync(2027)).References.ShouldBe(new ChargeReferences("4500 012345", "KZ 77", Leitweg));
        (await RaisedAsync(2028)).References.ShouldBe(new ChargeReferences("4600", null, null));
        (await RaisedAsync(2029)).References.ShouldBeNull();
    }

    [Fact]
    public async Task they_are_changed_and_removed_and_somebody_elses_change_is_noticed()
    {
        await _dues.InvokeAsync("office", new SetReferences(_member, 2027, 0, "4500", null, null));
        var seen = (await ReadAsync()).Single();
        await _dues.InvokeAsync("office2", new SetReferences(_member, 2027, seen.Version, "4501", null, null));
        (
            await Should.ThrowAsync<ConcurrentEditException>(_dues.InvokeAsync("office", new SetReferences(_member, 2027, seen.Version, "4502", null, null)))
        ).Message.ShouldContain("2027");
        await Should.ThrowAsync<ConcurrentEditException>(_dues.InvokeAsync("office", new SetReferences(_member, 2027, 0, "4503", null, null)));

        var now = (await ReadAsync()).Single();
        now.PurchaseOrder.ShouldBe("4501");
        await _dues.InvokeAsync("office", new SetReferences(_member, 2027, now.Version, " ", null, ""));
        (await ReadAsync()).ShouldBeEmpty();
        (await _dues.QueryAsync<string>("select operation from platform.audit_entry where table_name = 'membership.year_references' order by id")).ShouldBe([
            "insert",
            "update",
            "delete",
        ]);
    }

    [Fact]
    public async Task two_people_who_enter_the_same_year_at_once_leave_one_of_them_to_look_again()
    {
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async i =>
                {
                    try
                    {
                        await _dues.InvokeAsync(i % 2 == 0 ? "office" : "office2", new SetReferences(_member, 2027, 0, $"450{i}", null, null));
                        return true;
                    }
                    catch (ConcurrentEditException)
                    {
                        return false;
                    }
                })
        );
        outcomes.Count(saved => saved).ShouldBe(1);
    }

    [Fact]
    public async Task bad_input_is_refused_at_its_field_in_words_and_by_whom_only_reads_altogether()
    {
        var refused = await Should.ThrowAsync<ProblemsException>(
            _dues.InvokeAsync("office", new SetReferences(_member, 1999, 0, new string('4', 61), null, "04011000-1234512345-07"))
        );
        refused.Problems.Select(p => p.Field).ShouldBe(["Year", "PurchaseOrder", "LeitwegId"]);
        refused.Message.ShouldContain("Prüfziffer der Leitweg-ID");
        await Should.ThrowAsync<PermissionDeniedException>(_dues.InvokeAsync("board", new SetReferences(_member, 2027, 0, "4500", null, null)));
    }

    private async Task<IReadOnlyList<YearReferences>> ReadAsync()
    {
        await using var scope = _dues.Office.As("board");
        return await scope.Bus.QueryAsync(new ReadReferences(_member));
    }

    private async Task<RaisedCharge> RaisedAsync(int year)
    {
        var run = await _dues.IdAsync(await _dues.ReleaseAsync(year));
        await using var scope = _dues.Office.As(Actor.System);
        return (await scope.Services.GetRequiredService<IDuesCharges>().ReadChunkAsync(run, 1, CancellationToken.None)).Single();
    }
}
