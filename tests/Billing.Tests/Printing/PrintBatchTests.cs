using System.CommandLine;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Printing;
using Association.Billing.Printing.Batches;
using Association.Billing.Printing.Letters;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Printing;

public sealed class PrintBatchTests : IAsyncLifetime
{
    [Theory]
    [InlineData("list")]
    [InlineData("print 1")]
    public async Task a_batch_whose_maker_was_killed_after_the_commit_is_finished_by_the_next_verb(string next)
    {
        await using var office = await BillingOffice.OpenAsync(working: false);
        await office.IssueAsync(PlannedMembership.Charge(office.Membership.AddMember(), 10), PlannedMembership.Charge(office.Membership.AddMember(), 20));
        await using (var killed = office.As()) // committed, and then nothing more
            await killed.Bus.InvokeAsync<int>(new CreatePrintBatch(new PrintChoice(WithEmail: true)));
        (await office.As().Bus.QueryAsync(new ListPrintBatches())).Single().State.ShouldBe(PrintBatchState.Making);

        var verbs = new Verbs(office);
        (await new PrintBatchVerb().Define(verbs).Parse(next).InvokeAsync()).ShouldBe(0);

        verbs.Said.ShouldContain("bereit");
        (await office.As().Bus.QueryAsync(new ListPrintBatches())).Single().State.ShouldBe(PrintBatchState.Ready);
    }

    /// <summary>Runs a verb in an office of the test.</summary>
    private sealed class Verbs(BillingOffice office) : IVerbHost
    {
        public string Said { get; private set; } = "";

        public Func<ParseResult, CancellationToken, Task<int>> Run(Func<ParseResult, bool> writes, Func<VerbContext, Task<VerbAnswer>> body) =>
            async (arguments, ct) =>
            {
                await using var scope = office.As();
                Said = (await body(new VerbContext(scope.Services, scope.Bus, arguments, () => scope.DrainAsync(ct), ct))).Text;
                return 0;
            };

        public Func<ParseResult, CancellationToken, Task<int>> RunOnData(Func<DataContext, Task<VerbAnswer>> body) => throw new NotSupportedException();
    }

    private BillingOffice _office = null!;

    public async Task InitializeAsync() => _office = await BillingOffice.OpenAsync();

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [SkippableFact]
    public async Task envelopes_are_sorted_by_sheets_and_then_by_postal_code_and_hold_each_document_once()
    {
        var (far, near, thick, abroad) = (
            OnPaper("80331", "München"),
            OnPaper("66111", "Saarbrücken"),
            OnPaper("10115", "Berlin"),
            OnPaper("L-1526", "Luxembourg", "LU")
        );
        _office.Membership.AddMember(); // has an e-mail address and stays out
        var withEmail = _office.Membership.AddMember();
        await _office.IssueAsync(
            PlannedMembership.Charge(far, 10),
            PlannedMembership.Charge(near, 20),
            Thick(thick),
            PlannedMembership.Charge(abroad, 30),
            PlannedMembership.Charge(withEmail, 40)
        );

        var batch = await CreateAsync();
        batch.State.ShouldBe(PrintBatchState.Ready);
        var envelopes = await EnvelopesAsync(batch);
        envelopes.Select(e => (e.Position, e.Sheets, e.Address.PostalCode)).ShouldBe([(1, 1, "66111"), (2, 1, "80331"), (3, 1, "L-1526"), (4, 2, "10115")]);
        batch.Sheets.ShouldBe(5);
        var file = await FileAsync(batch.PrintFile);
        PdfBundle.PagesOf(file).ShouldBe(9, "each of the first three fills a sheet of two pages, the last one is three pages long");
        var text = await PdfText.OfAsync(file, "print-batch");
        Positions(text, "66111 Saarbrücken", "80331 München", "L-1526 Luxembourg", "10115 Berlin").ShouldBeInOrder();
        (await PdfText.OfAsync(await FileAsync(batch.ListFile), "print-list")).ShouldContain("Umschläge mit je 2 Blatt");

        (await Should.ThrowAsync<ProblemsException>(CreateAsync())).Problems.ShouldHaveSingleItem();
        (await CreateAsync(new PrintChoice(WithEmail: true))).Documents.ShouldBe(1);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task no_post_is_respected_and_whom_nothing_reaches_is_named()
    {
        var unreached = _office.Membership.AddMember(c => c with { Email = null, NoPost = true });
        var byEmail = _office.Membership.AddMember(c => c with { NoPost = true });
        await _office.IssueAsync(PlannedMembership.Charge(unreached, 10), PlannedMembership.Charge(byEmail, 20));

        var preview = await _office.As().Bus.QueryAsync(new PreviewPrintBatch(new PrintChoice(WithEmail: true)));
        preview.Documents.ShouldBe(0);
        preview.NoPost.ShouldHaveSingleItem().Number.ShouldBe(unreached.Number);
        await Should.ThrowAsync<ProblemsException>(CreateAsync(new PrintChoice(WithEmail: true)));
    }

    [Fact]
    public async Task a_member_gets_one_envelope_and_a_cancelled_invoice_is_not_sent()
    {
        var member = OnPaper("66111", "Saarbrücken");
        await _office.IssueAsync(
            PlannedMembership.Charge(member, 10),
            PlannedMembership.Charge(member, 20, year: 2028),
            PlannedMembership.Charge(member, 30, year: 2029)
        );
        await _office.InvokeAsync<CancelledInvoice>(new CancelInvoice("BR-2026-00002", "Falsches Jahr"));

        var batch = await CreateAsync();
        (await EnvelopesAsync(batch)).ShouldHaveSingleItem().Documents.ShouldBe(["BR-2026-00001", "BR-2026-00003", "ST-2026-00001"]);
        batch.Sheets.ShouldBe(3);
    }

    [Fact]
    public async Task two_who_make_a_batch_at_once_take_each_document_once()
    {
        await _office.IssueAsync([.. Enumerable.Range(0, 70).Select(n => PlannedMembership.Charge(OnPaper($"66{n:000}", "Lebach"), 10))]);
        var tries = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    try
                    {
                        await _office.InvokeAsync<int>(new CreatePrintBatch(new PrintChoice()));
                        return true;
                    }
                    catch (ProblemsException)
                    {
                        return false;
                    }
                })
        );
        tries.Count(done => done).ShouldBe(1);
        var batch = (await _office.As().Bus.QueryAsync(new ListPrintBatches())).ShouldHaveSingleItem();
        (await EnvelopesAsync(batch)).Select(e => e.Position).ShouldBe([.. Enumerable.Range(1, 70).Select(n => (int?)n)]);
        (
            await _office.ReadAsync<long>(
                "select count(*) from platform.long_work where kind = 'billing.print-batch' and finished_at is not null and done = total"
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task the_same_batch_prints_byte_for_byte_the_same_whatever_changed_since()
    {
        var member = OnPaper("66111", "Saarbrücken");
        await _office.IssueAsync(PlannedMembership.Charge(member, 10));
        var batch = await CreateAsync();
        var before = await FileAsync(batch.PrintFile);

        _office.Membership.Put(member with { Recipient = member.Recipient with { Town = "Ganz woanders" } });
        await _office.DeliverAsync(new MembersChanged([member.Id]));
        await _office.DeliverAsync(new MakePrintBatch(batch.Id));
        var again = (await _office.As().Bus.QueryAsync(new ListPrintBatches(batch.Number))).ShouldHaveSingleItem();
        again.PrintFile.ShouldBe(batch.PrintFile);
        (await FileAsync(again.PrintFile)).ShouldBe(before);
    }

    [Fact]
    public async Task marks_go_on_and_back_one_by_one_with_who_and_when_and_what_is_printed_is_not_dissolved()
    {
        await _office.IssueAsync(PlannedMembership.Charge(OnPaper("66111", "Saarbrücken"), 10));
        var batch = await CreateAsync();
        await Should.ThrowAsync<ProblemsException>(MarkAsync(batch, PrintStep.Sent));
        (await MarkAsync(batch, PrintStep.Printed)).Printed.ShouldNotBeNull().By.ShouldNotBeEmpty();
        await Should.ThrowAsync<ProblemsException>(MarkAsync(batch, PrintStep.Printed));
        (await MarkAsync(batch, PrintStep.Sent)).State.ShouldBe(PrintBatchState.Sent);
        await Should.ThrowAsync<ProblemsException>(MarkAsync(batch, PrintStep.Printed, undo: true));
        (await MarkAsync(batch, PrintStep.Sent, undo: true)).State.ShouldBe(PrintBatchState.Printed);
        await Should.ThrowAsync<ProblemsException>(MarkAsync(batch, PrintStep.Dissolved));
        (await MarkAsync(batch, PrintStep.Printed, undo: true)).State.ShouldBe(PrintBatchState.Ready);

        (await MarkAsync(batch, PrintStep.Dissolved)).State.ShouldBe(PrintBatchState.Dissolved);
        await Should.ThrowAsync<ProblemsException>(MarkAsync(batch, PrintStep.Printed));
        (await CreateAsync()).Documents.ShouldBe(1, "its documents wait again");
    }

    [SkippableFact]
    public async Task the_letter_in_front_explains_each_member_its_own_difference()
    {
        var (more, same, less, first) = (OnPaper("66001", "A"), OnPaper("66002", "B"), OnPaper("66003", "C"), OnPaper("66004", "D"));
        var charges = new[]
        {
            PlannedMembership.Charge(more, 5244),
            PlannedMembership.Charge(same, 120),
            PlannedMembership.Charge(less, 90),
            PlannedMembership.Charge(first, 60),
        };
        foreach (var (charge, last) in charges.Zip(new decimal?[] { 5000, 120, 100, null }))
            _office.Membership.Comparisons[charge.Id] = new ChargeComparison(charge.Id, charge.Amount, last is { } l ? new Money(l) : null);
        await _office.IssueAsync(charges);
        var letter = await _office.InvokeAsync<Guid>(
            new SaveCoverLetter(null, "Erhöhung 2027", Wording("{Anrede}\n\nzum Beitrag {Jahr}: {Veränderung} {Grund}"))
        );
        (await Should.ThrowAsync<ProblemsException>(_office.InvokeAsync<int>(new CreatePrintBatch(new PrintChoice(), Letter: letter))))
            .Problems.ShouldHaveSingleItem()
            .Field.ShouldBe("Reason");

        var number = await _office.InvokeAsync<int>(new CreatePrintBatch(new PrintChoice(), Letter: letter, Reason: "Grund ist der Beschluss {Betrag}."));
        await _office.InvokeAsync<Guid>(new SaveCoverLetter(letter, "Erhöhung 2027", Wording("Ganz anders."), 1));
        var batch = (await _office.As().Bus.QueryAsync(new ListPrintBatches(number))).ShouldHaveSingleItem();
        batch.LetterVersion.ShouldBe(1);
        (await EnvelopesAsync(batch)).ShouldAllBe(e => e.HasCover && e.Sheets == 2);
        var text = (await PdfText.OfAsync(await FileAsync(batch.PrintFile), "print-letters")).ReplaceLineEndings(" ");
        foreach (
            var expected in new[]
            {
                "steigt von 5.000,00 € auf 5.244,00 €, um 244,00 € (4,9 %)",
                "bleibt gleich",
                "sinkt auf 90,00 €",
                "zum ersten Mal",
                "Grund ist der Beschluss {Betrag}.",
            }
        )
            text.ShouldContain(expected);
        text.ShouldNotContain("Ganz anders");
    }

    private static Dictionary<string, CoverWording> Wording(string body) =>
        new()
        {
            ["de"] = new(
                "Ihr Beitrag {Jahr}",
                body,
                "Er steigt von {Vorjahresbetrag} auf {Jahresbetrag}, um {Erhöhung} ({Prozent}).",
                "Er bleibt gleich.",
                "Er sinkt auf {Jahresbetrag}.",
                "Er wird zum ersten Mal berechnet."
            ),
        };

    private MemberCard OnPaper(string postalCode, string town, string country = "DE") =>
        _office.Membership.AddMember(c => c with { Email = null, Recipient = new PrintedAddress([c.Name, "Am Markt 1"], postalCode, town, country) });

    private static RaisedCharge Thick(MemberCard member) =>
        PlannedMembership.Charge(member, 60) with
        {
            Lines = [.. Enumerable.Range(1, 60).Select(n => new ChargeLine($"Einrichtung {n}", new Money(1)))],
        };

    private async Task<PrintBatch> CreateAsync(PrintChoice? choice = null)
    {
        var number = await _office.InvokeAsync<int>(new CreatePrintBatch(choice ?? new PrintChoice()));
        return (await _office.As().Bus.QueryAsync(new ListPrintBatches(number))).ShouldHaveSingleItem();
    }

    private async Task<PrintBatch> MarkAsync(PrintBatch batch, PrintStep step, bool undo = false)
    {
        await _office.As().Bus.InvokeAsync(new MarkPrintBatch(batch.Number, step, undo));
        return (await _office.As().Bus.QueryAsync(new ListPrintBatches(batch.Number))).ShouldHaveSingleItem();
    }

    private Task<IReadOnlyList<PrintedEnvelope>> EnvelopesAsync(PrintBatch batch) => _office.As().Bus.QueryAsync(new ReadPrintBatch(batch.Id));

    private async Task<byte[]> FileAsync(Guid? file) =>
        (await _office.Office.Services.GetRequiredService<FileArchive>().ReadAsync(file.ShouldNotBeNull(), CancellationToken.None)).Bytes.ToArray();

    private static IEnumerable<int> Positions(string text, params string[] parts) =>
        parts.Select(part =>
        {
            var at = text.IndexOf(part, StringComparison.Ordinal);
            at.ShouldBeGreaterThanOrEqualTo(0, part);
            return at;
        });
}
