using System.Security.Cryptography;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Invoices.Documents;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

public sealed class DocumentTests : IAsyncLifetime
{
    private BillingOffice _office = null!;

    public async Task InitializeAsync() => _office = await BillingOffice.OpenAsync();

    public async Task DisposeAsync() => await _office.DisposeAsync();

    /// <summary>failures.md row 15.</summary>
    [Fact]
    public async Task an_issued_document_stays_byte_identical_when_the_letterhead_and_the_member_change()
    {
        var member = _office.Membership.AddMember();
        await _office.IssueAsync(PlannedMembership.Charge(member, 120));
        var before = await ReadAsync("BR-2026-00001");

        await ChangeLetterheadAsync(BillingOffice.Profile with { Name = "Gesundheitsregion Saar e. V.", Iban = "DE89370400440532013000" }, Pictures.Logo());
        _office.Membership.Put(member with { Name = "Ganz anders", Language = "fr" });
        await _office.DeliverAsync(new MembersChanged([member.Id]));
        await RenderAllAsync();

        (await ReadAsync("BR-2026-00001")).ShouldBe(before);
        (await _office.ReadAsync<long>("select count(*) from platform.archive_file")).ShouldBe(1);
        (await _office.ReadAsync<byte[]>("select sha256 from platform.archive_file")).ShouldBe(SHA256.HashData(before));

        await _office.IssueAsync(PlannedMembership.Charge(member, 60));
        (await _office.ReadAsync<int>("select letterhead_version from billing.invoice where number = 'BR-2026-00002'")).ShouldBe(2);
        var next = await ReadAsync("BR-2026-00002");
        next.AsSpan().IndexOf("/Subtype/Image"u8).ShouldBeGreaterThan(0, "the next document carries the new letterhead");
        before.AsSpan().IndexOf("/Subtype/Image"u8).ShouldBe(-1);
    }

    // Another account as two people change it, and a logo with it.
    private async Task ChangeLetterheadAsync(AssociationProfile profile, byte[] logo)
    {
        var change = Guid.CreateVersion7();
        await _office.ExecuteAsync(
            $"""
            insert into platform.bank_details_change (id, bank_name, iban, bic, creditor_id, reason, proposed_by)
            values ('{change}', '{profile.BankName}', '{profile.Iban}', '{profile.Bic}', '{profile.CreditorId}', 'Bankwechsel', '');
            select set_config('association.user_id', '{Guid.CreateVersion7()}', true);
            update platform.bank_details_change set state = 'confirmed' where id = '{change}';
            """
        );
        await using var connection = await _office.Office.Database.OpenConnectionAsync();
        var picture = new AssociationLogo
        {
            Id = Guid.CreateVersion7(),
            Name = "logo.png",
            MediaType = "image/png",
            Width = 360,
            Height = 120,
            Bytes = logo,
        };
        await AssociationLogos.AddAsync(connection, picture, CancellationToken.None);
        await _office
            .Office.Services.GetRequiredService<IAssociationProfiles>()
            .SaveAsync(connection, profile with { LogoId = picture.Id }, change, CancellationToken.None);
    }

    [Fact]
    public async Task a_document_whose_rendering_failed_gets_the_letterhead_of_its_issue()
    {
        await _office.IssueAsync(PlannedMembership.Charge(_office.Membership.AddMember(), 120));
        var first = await ReadAsync("BR-2026-00001");
        await _office.ExecuteAsync(
            "alter table billing.invoice_document disable trigger append_only; delete from billing.invoice_document; alter table billing.invoice_document enable trigger append_only"
        );
        await _office
            .Office.Services.GetRequiredService<IAssociationProfiles>()
            .SaveAsync(BillingOffice.Profile with { Name = "Anders e. V." }, CancellationToken.None);
        await RenderAllAsync();

        (await ReadAsync("BR-2026-00001")).ShouldBe(first);
    }

    [SkippableFact]
    public async Task a_transfer_invoice_says_what_to_pay_where_and_how()
    {
        var member = _office.Membership.AddMember(c =>
            c with
            {
                Recipient = new PrintedAddress(["Klinikverbund Saar gGmbH", "Abteilung Rechnungswesen", "Am Bürgerpark 118a"], "66822", "Lebach", "DE"),
                BuyerReference = "04011000-1234512345-06",
            }
        );
        await _office.IssueAsync(
            PlannedMembership.Charge(member, 5244) with
            {
                Lines =
                [
                    new ChargeLine("640 Planbetten (Selbstauskunft 31.12.2026), Stufe ab 600 Betten", new Money(5200)),
                    new ChargeLine("40 Betten über 600 × 1,10 €", new Money(44)),
                ],
            }
        );

        var text = await PdfText.OfAsync(await ReadAsync("BR-2026-00001"), "invoice-transfer-de");
        foreach (
            var expected in new[]
            {
                "Beitragsrechnung 2027",
                "BR-2026-00001",
                "21.11.2026",
                member.Number,
                "Klinikverbund Saar gGmbH",
                "66822 Lebach",
                "04011000-1234512345-06",
                member.Name,
                "640 Planbetten",
                "5.244,00 €",
                "15.02.2027",
                "DE02 1203 0000 0000 2020 51",
                "BYLADEM1001",
                $"BR-2026-00001 {member.Number}",
                "Beitragsordnung vom 12.11.2026",
            }
        )
            text.ShouldContain(expected);
        foreach (var forbidden in new[] { "steuerfrei", "Umsatzsteuer", "MwSt", "USt", "Bescheid", "Gutschrift" })
            text.ShouldNotContain(forbidden);
    }

    [SkippableFact]
    public async Task a_collected_invoice_is_the_pre_notification_and_carries_no_code()
    {
        var member = _office.Membership.AddMember(c =>
            c with
            {
                Language = "fr",
                Route = PaymentRoute.DirectDebit,
                Iban = "LU280019400644750000",
                MandateReference = "M-1301",
                Recipient = new PrintedAddress(["Cabinet Dr Weber", "12, rue de la Gare"], "L-1526", "Luxembourg", "LU"),
            }
        );
        await _office.IssueAsync(PlannedMembership.Charge(member, 120));
        await _office.IssueAsync(
            PlannedMembership.Charge(
                _office.Membership.AddMember(c => c with { Route = PaymentRoute.DirectDebit, Iban = "DE89370400440532013000", MandateReference = "M-77" }),
                120
            )
        );

        var text = await PdfText.OfAsync(await ReadAsync("BR-2026-00001"), "invoice-direct-debit-fr");
        foreach (
            var expected in new[] { "Facture de cotisation 2027", "15/02/2027", "M-1301", "DE98ZZZ09999999999", "120,00 €", "LUXEMBURG", "prénotification" }
        )
            text.ShouldContain(expected);
        text.ShouldNotContain("LU280019400644750000");
        (await PdfText.OfAsync(await ReadAsync("BR-2026-00002"), "invoice-direct-debit-de")).ShouldContain("Vorabankündigung");
    }

    [SkippableFact]
    public async Task a_cancellation_names_what_it_takes_back_and_the_credit()
    {
        await _office.IssueAsync(PlannedMembership.Charge(_office.Membership.AddMember(), 120));
        await _office.InvokeAsync<RecordedPayment>(new RecordPayment("BR-2026-00001", new Money(50), BillingOffice.Today));
        await _office.InvokeAsync<CancelledInvoice>(new CancelInvoice("BR-2026-00001", "Falsche Kategorie"));

        var text = await PdfText.OfAsync(await ReadAsync("ST-2026-00001"), "cancellation-de");
        foreach (
            var expected in new[] { "Storno der Beitragsrechnung BR-2026-00001", "ST-2026-00001", "Falsche Kategorie", "\u2212120,00 €", "50,00 €", "Guthaben" }
        )
            text.ShouldContain(expected);
    }

    [SkippableFact]
    public async Task an_english_member_reads_english()
    {
        await _office.IssueAsync(PlannedMembership.Charge(_office.Membership.AddMember(c => c with { Language = "en" }), 1234.5m));
        (await PdfText.OfAsync(await ReadAsync("BR-2026-00001"), "invoice-transfer-en")).ShouldContain("€1,234.50");
    }

    private async Task<byte[]> ReadAsync(string number) => (await _office.As().Bus.QueryAsync(new ReadDocument(number))).ShouldNotBeNull().ToArray();

    private async Task RenderAllAsync()
    {
        await using var connection = await _office.Office.Database.OpenConnectionAsync();
        var ids = await Dapper.SqlMapper.QueryAsync<Guid>(connection, "select id from billing.invoice");
        await _office.DeliverAsync(new RenderInvoices([.. ids.Select(i => new Data.InvoiceId(i))]));
    }
}
