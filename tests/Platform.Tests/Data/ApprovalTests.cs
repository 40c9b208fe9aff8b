using Association.Platform.Data;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Migrations;
using Association.Platform.Data.Users;
using Association.Testing;
using Dapper;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>Four eyes: how an approval goes from hand to hand, and what the database keeps of it.</summary>
public sealed class ApprovalTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly Actor Anna = Person("Anna Dörr");
    private static readonly Actor Jonas = Person("Jonas Thull") with { DeputyFor = "Dr. Nora Groß" };

    [Fact]
    public void it_waits_for_anybody_but_who_asked()
    {
        var approval = Approval.Asked(Anna, Now);
        approval.State.ShouldBe(ApprovalState.Waiting);
        (approval.WaitsFor(Anna), approval.WaitsFor(Jonas), approval.WaitsFor(Actor.System), approval.WaitsFor(Actor.Anonymous)).ShouldBe(
            (false, true, false, false)
        );
        Should.Throw<InvalidOperationException>(() => approval.Approve(Anna, Now));
        Should.Throw<InvalidOperationException>(() => approval.Refuse(Anna, Now, "Doch nicht"));

        approval.Approve(Jonas, Now.AddHours(1));
        (approval.State, approval.ApprovedByName, approval.ApprovedAt).ShouldBe(
            (ApprovalState.Approved, "Jonas Thull i.\u00a0V. Dr. Nora Groß", Now.AddHours(1))
        );
        Should.Throw<InvalidOperationException>(() => approval.Approve(Jonas, Now));
        approval.WaitsFor(Jonas).ShouldBeFalse();
    }

    [Fact]
    public void below_the_limit_nobody_is_waited_for()
    {
        var approval = Approval.Asked(Anna, Now, needsSecond: false);
        (approval.State, approval.WaitsFor(Jonas)).ShouldBe((ApprovalState.NotNeeded, false));
        Should.Throw<InvalidOperationException>(() => approval.Approve(Jonas, Now));
        approval.Withdraw(Anna, Now);
        approval.State.ShouldBe(ApprovalState.Withdrawn, "as long as nothing came of it");
        Should.Throw<InvalidOperationException>(() => approval.Withdraw(Anna, Now));
    }

    [Fact]
    public void a_draft_that_was_refused_says_why_until_it_is_handed_in_again()
    {
        var approval = new Approval();
        approval.State.ShouldBe(ApprovalState.NotAsked);
        Should.Throw<InvalidOperationException>(() => approval.Approve(Jonas, Now));

        approval.Ask(Anna, Now);
        Should.Throw<InvalidOperationException>(() => approval.Ask(Anna, Now));
        approval.Refuse(Jonas, Now, "Zwei Mitglieder fehlen");
        approval.Reopen();
        (approval.State, approval.AskedBy, approval.EndedByName, approval.Refusal).ShouldBe(
            (ApprovalState.Refused, null, "Jonas Thull i.\u00a0V. Dr. Nora Groß", "Zwei Mitglieder fehlen")
        );

        approval.Ask(Anna, Now);
        (approval.State, approval.EndedBy, approval.Refusal).ShouldBe((ApprovalState.Waiting, null, null));
        approval.Withdraw(Anna, Now);
        (approval.State, approval.EndedByName).ShouldBe((ApprovalState.Withdrawn, "Anna Dörr"));
    }

    [Fact]
    public async Task a_table_that_has_requests_already_learns_from_the_audit_trail_who_withdrew_them()
    {
        await using var database = await TestDatabase.MigratedAsync([new SchemaMigrations("platform", typeof(ModuleDbContext).Assembly, Order: 0)]);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync(
            """
            create schema sample;
            create table sample.request (
              id uuid primary key, state text not null, requested_by uuid not null, requested_by_name text not null, requested_at timestamptz not null,
              approved_by uuid, approved_by_name text, approved_at timestamptz, constraint request_four_eyes check (approved_by <> requested_by));
            insert into sample.request select gen_random_uuid(), 'withdrawn', gen_random_uuid(), 'vor dem Verlauf', '2025-03-01';
            select platform.attach_audit('sample.request');
            insert into sample.request select gen_random_uuid(), 'requested', gen_random_uuid(), 'Anna Dörr', '2026-03-01' from generate_series(1, 3);
            update sample.request set state = 'approved', approved_by = gen_random_uuid(), approved_by_name = 'Jonas Thull', approved_at = now()
             where id = (select id from sample.request where state = 'requested' limit 1);
            select set_config('association.user_name', 'Jonas Thull', false), set_config('association.user_id', gen_random_uuid()::text, false);
            update sample.request set state = 'withdrawn' where id = (select id from sample.request where state = 'requested' limit 1);

            select platform.attach_approval('sample.request');
            select platform.sign_withdrawn('sample.request');
            """
        );

        (
            await connection.QueryAsync<(string State, string? By, bool Then)>(
                "select state, ended_by_name, ended_at = requested_at from sample.request where ended_at is not null order by ended_by_name"
            )
        ).ShouldBe([("withdrawn", "Jonas Thull", false), ("withdrawn", "vor dem Verlauf", true)]);
        (
            await Should.ThrowAsync<PostgresException>(
                connection.ExecuteAsync(
                    "update sample.request set approved_by = requested_by, approved_by_name = 'x', approved_at = now() where state = 'requested'"
                )
            )
        ).ConstraintName.ShouldBe("request_four_eyes");
        (await Should.ThrowAsync<PostgresException>(connection.ExecuteAsync("update sample.request set state = 'withdrawn'"))).ConstraintName.ShouldBe(
            "request_withdrawn"
        );
    }

    [Theory]
    [InlineData("approved_by = requested_by, approved_by_name = 'x', approved_at = now()", "request_four_eyes")]
    [InlineData("approved_by = gen_random_uuid()", "request_signed")]
    [InlineData("ended_at = now()", "request_ended")]
    [InlineData("refusal = 'nein'", "request_ended")]
    [InlineData("approved_by = gen_random_uuid(), approved_by_name = 'x', approved_at = now(), ended_at = now(), ended_by_name = 'x'", "request_ended")]
    [InlineData("ended_by = requested_by, ended_by_name = 'x', ended_at = now(), refusal = 'nein'", "request_refused")]
    [InlineData("ended_by_name = 'x', ended_at = now(), refusal = 'nein'", "request_refused")]
    public async Task a_new_table_is_guarded_by_one_line(string change, string constraint)
    {
        await using var database = await TestDatabase.MigratedAsync([new SchemaMigrations("platform", typeof(ModuleDbContext).Assembly, Order: 0)]);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync(
            """
            create schema sample;
            create table sample.request (id int primary key);
            select platform.attach_approval('sample.request');
            insert into sample.request (id, requested_by, requested_by_name, requested_at) values (1, gen_random_uuid(), 'Anna Dörr', now());
            """
        );

        (await Should.ThrowAsync<PostgresException>(connection.ExecuteAsync($"update sample.request set {change}"))).ConstraintName.ShouldBe(constraint);
    }

    private static Actor Person(string name) => new(new UserId(Guid.CreateVersion7()), name, new HashSet<string>());
}
