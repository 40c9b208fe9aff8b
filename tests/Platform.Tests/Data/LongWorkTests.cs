using System.Globalization;
using Association.Platform.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Web;
using Association.Platform.Web.Localisation;
using Association.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>Progress that is true after any crash: it moves in the transaction of the chunk.</summary>
public sealed class LongWorkTests : IAsyncLifetime
{
    private static readonly StoredText Subject = StoredText.Of<WebTexts>("Chart.Label", "2027");

    private TestOffice _office = null!;

    public async Task InitializeAsync() => _office = await TestOffice.CreateAsync(new SampleModule());

    public Task DisposeAsync() => _office.DisposeAsync().AsTask();

    [Fact]
    public async Task work_ends_with_its_last_chunk()
    {
        var id = await InTransactionAsync((log, db) => log.StartAsync(db, "sample.work", Subject, "/office", 500, "Anna Dörr", CancellationToken.None));
        await AdvanceAsync(id, 200);
        var half = await ReadAsync(id);
        half.Percent.ShouldBe(40);
        half.IsFinished.ShouldBeFalse();

        await InTransactionAsync(
            async (log, db) =>
            {
                await log.FailAsync(db, id, "M-0017", "Keine Anschrift.", CancellationToken.None);
                return id;
            }
        );
        await AdvanceAsync(id, 299);
        var all = await ReadAsync(id);
        (all.Done, all.Failed, all.Percent).ShouldBe((499, 1, 100));
        all.IsFinished.ShouldBeTrue();
        (await Log.ErrorsAsync(id, 10, CancellationToken.None)).ShouldHaveSingleItem().Subject.ShouldBe("M-0017");
    }

    [Fact]
    public async Task work_that_ends_in_one_thing_goes_on_chunk_by_chunk_and_is_done_only_with_that()
    {
        var id = await InTransactionAsync((log, db) => log.StartAsync(db, "sample.work", Subject, "/office", 5, "Anna Dörr", CancellationToken.None));
        var (waiting, steps) = (new Queue<int>([1, 2, 3, 4, 5]), new List<string>());
        async Task<(bool More, int Done)> StepAsync()
        {
            var more = false;
            await InTransactionAsync(
                async (log, db) =>
                {
                    more = await log.StepAsync(
                        db,
                        id,
                        chunk: 2,
                        limit => Task.FromResult<IReadOnlyList<int>>([.. waiting.Take(limit)]),
                        things =>
                        {
                            steps.Add(string.Join('+', things));
                            foreach (var thing in things)
                                waiting.Dequeue().ShouldBe(thing);
                            return Task.CompletedTask;
                        },
                        () =>
                        {
                            steps.Add("joined");
                            return Task.CompletedTask;
                        },
                        CancellationToken.None
                    );
                    return id;
                }
            );
            return (more, (await ReadAsync(id)).Done);
        }

        (await StepAsync()).ShouldBe((true, 2));
        (await StepAsync()).ShouldBe((true, 4));
        (await StepAsync()).ShouldBe((true, 4), "the last one counts with the end");
        (await ReadAsync(id)).IsFinished.ShouldBeFalse();
        (await StepAsync()).ShouldBe((false, 5));
        (await ReadAsync(id)).IsFinished.ShouldBeTrue();
        steps.ShouldBe(["1+2", "3+4", "5", "joined"]);
    }

    [Theory]
    [InlineData("de-DE", "Balkendiagramm: 2027. Die Zahlen stehen in der Tabelle darunter.")]
    [InlineData("en-GB", "Bar chart: 2027. The figures are in the table below.")]
    public async Task whoever_looks_reads_in_her_own_language_what_it_is(string culture, string sentence)
    {
        var id = await InTransactionAsync((log, db) => log.StartAsync(db, "sample.work", Subject, "/office", 1, "Anna Dörr", CancellationToken.None));
        var stored = (await ReadAsync(id)).Subject;
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            _office.Services.GetRequiredService<IStringLocalizerFactory>().Say(stored).ShouldBe(sentence);
            _office
                .Services.GetRequiredService<IStringLocalizerFactory>()
                .Say("Beitragslauf 2027")
                .ShouldBe("Beitragslauf 2027", "stored by an earlier release");
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public async Task a_chunk_that_is_rolled_back_moves_nothing()
    {
        var id = await InTransactionAsync((log, db) => log.StartAsync(db, "sample.work", Subject, "/office", 10, "Anna Dörr", CancellationToken.None));
        await using var scope = _office.As("office");
        var db = scope.Services.GetRequiredService<SampleDb>();
        await using (await db.Database.BeginTransactionAsync())
            await Log.AdvanceAsync(db, id, 5, 0, CancellationToken.None); // and never commits

        (await ReadAsync(id)).Done.ShouldBe(0);
    }

    [Fact]
    public async Task chunks_that_end_at_once_are_all_counted()
    {
        var id = await InTransactionAsync((log, db) => log.StartAsync(db, "sample.work", Subject, "/office", 100, "Anna Dörr", CancellationToken.None));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AdvanceAsync(id, 5)));
        (await ReadAsync(id)).IsFinished.ShouldBeTrue();
    }

    [Fact]
    public async Task a_wish_to_cancel_is_seen_by_the_next_chunk()
    {
        var id = await InTransactionAsync((log, db) => log.StartAsync(db, "sample.work", Subject, "/office", 10, "Anna Dörr", CancellationToken.None));
        (await Log.RunningAsync(CancellationToken.None)).Select(w => w.Id).ShouldContain(id);
        await Log.WishCancelAsync(id, CancellationToken.None);
        (await ReadAsync(id)).CancelWished.ShouldBeTrue();
        (await Log.ReadAsync(Guid.CreateVersion7(), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task work_without_anything_to_do_is_finished_at_once()
    {
        var id = await InTransactionAsync((log, db) => log.StartAsync(db, "sample.work", Subject, "/office", 0, "Anna Dörr", CancellationToken.None));
        (await ReadAsync(id)).IsFinished.ShouldBeTrue();
    }

    private LongWorkLog Log => _office.Services.GetRequiredService<LongWorkLog>();

    private async Task<LongWorkState> ReadAsync(Guid id) => (await Log.ReadAsync(id, CancellationToken.None))!;

    private Task AdvanceAsync(Guid id, int done) =>
        InTransactionAsync(
            async (log, db) =>
            {
                await log.AdvanceAsync(db, id, done, 0, CancellationToken.None);
                return id;
            }
        );

    private async Task<Guid> InTransactionAsync(Func<LongWorkLog, SampleDb, Task<Guid>> work)
    {
        await using var scope = _office.As("office");
        var db = scope.Services.GetRequiredService<SampleDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var id = await work(Log, db);
        await transaction.CommitAsync();
        return id;
    }
}
