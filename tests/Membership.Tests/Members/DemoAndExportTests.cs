using System.Globalization;
using System.Text;
using Association.Membership.Members.Demo;
using Association.Membership.Members.List;
using Association.Membership.Members.List.Export;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.List.Rows;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;
using Association.Platform.Web.Modules;
using Association.Testing;
using ExcelDataReader;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

public sealed class DemoAndExportTests(MembershipOffice membership) : IClassFixture<MembershipOffice>
{
    private readonly TestOffice office = membership.Office;

    [Fact]
    public async Task the_demo_membership_is_plausible_and_made_once()
    {
        await SeedAsync();
        var db = office.Db();
        var members = await db.Members.AsNoTracking().ToListAsync();
        members.Count.ShouldBe(60);
        members.Select(m => m.Category).Distinct().Count().ShouldBe(9);
        members.Select(m => m.Name).ShouldBeUnique();
        var accounts = members.Select(m => m.Iban).OfType<string>().ToList();
        accounts.ShouldNotBeEmpty();
        accounts.ShouldAllBe(iban => IsIban(iban));
        (await SeedAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task the_export_holds_what_the_table_shows_in_its_order()
    {
        await SeedAsync();
        var scope = office.As("board");
        var list = new ListMembers(new MemberFilter(Category: "hospital"), "-town");
        var file = new MemoryStream();
        await scope.Bus.QueryAsync(new ExportMembers(list, file));

        var shown = await scope.Bus.QueryAsync(list);
        file.Position = 0;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(file);
        reader.Read().ShouldBeTrue();
        reader.GetString(1).ShouldBe("Mitglied");
        reader.GetString(6).ShouldBe("Beitrag 2026");
        reader.FieldCount.ShouldBe(8);
        foreach (var row in shown.Rows)
        {
            reader.Read().ShouldBeTrue();
            (reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)).ShouldBe(
                (row.Number, row.Name, "Krankenhausträger", row.Town)
            );
            DateOnly.FromDateTime(reader.GetDateTime(4)).ShouldBe(row.JoinedOn!.Value);
            reader.GetDouble(6).ShouldBe((double)row.Dues!.Value.Amount);
        }
        reader.Read().ShouldBeFalse();
    }

    public static TheoryData<string, bool> Orders
    {
        get
        {
            var orders = new TheoryData<string, bool>();
            foreach (var sort in MembersView.MemberOrders.Names)
            {
                orders.Add(sort, false);
                orders.Add(sort, true);
            }
            return orders;
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task the_export_has_every_member_and_column_in_the_order_of_the_pages(string sort, bool descending)
    {
        await SeedAsync();
        var scope = office.As("board");
        var list = new ListMembers(MemberFilter.All, descending ? "-" + sort : sort, Size: 1000, Columns: Enum.GetValues<MemberColumn>());
        var file = new MemoryStream();
        (await scope.Bus.QueryAsync(new ExportMembers(list, file))).Members.ShouldBe(60);

        var rows = SpreadsheetReader.Read(file.ToArray(), "m.xlsx").Sheets[0].Rows;
        rows[0].Cells.Count.ShouldBe(list.Columns!.Count);
        rows.Skip(1)
            .Select(r =>
                (
                    r[1 + (int)MemberColumn.Number].Text,
                    r[1 + (int)MemberColumn.Email].Text,
                    r[1 + (int)MemberColumn.Value].Text,
                    r[1 + (int)MemberColumn.ToClarify].Text
                )
            )
            .ShouldBe(
                (await scope.Bus.QueryAsync(list)).Rows.Select(m =>
                    (m.Number, m.Email ?? "", m.Value?.ToString(CultureInfo.InvariantCulture) ?? "", m.ToClarify ? "WAHR" : "FALSCH")
                )
            );
    }

    private async Task<string?> SeedAsync() => await office.As("office").Services.GetServices<IDemoData>().OfType<DemoMembers>().Single().SeedAsync(default);

    private static bool IsIban(string text) => Iban.TryParse(text, out _, out _);
}
