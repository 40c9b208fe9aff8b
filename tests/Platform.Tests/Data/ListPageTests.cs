using Association.Platform.Data.Lists;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>Pages by key, without a database: the rows are numbers, their order is that of the window.</summary>
public sealed class ListPageTests
{
    private static readonly ListOrders Orders = new(
        "number",
        new Dictionary<string, IReadOnlyList<SortKey>> { ["number"] = [new("t.number", "int")], ["name"] = [new("t.name", "text"), new("t.number", "int")] }
    );

    [Theory]
    [InlineData("number", "t.number")]
    [InlineData("-number", "t.number desc")]
    [InlineData("-name", "t.name desc, t.number desc")]
    [InlineData(null, "t.number")]
    [InlineData("", "t.number")]
    [InlineData("-", "t.number")]
    [InlineData("--name", "t.number")]
    [InlineData("t.name; drop table t", "t.number")]
    public void only_a_declared_order_gets_into_the_statement(string? sort, string sql) => Orders.Of(sort).Sql.ShouldBe(sql);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(11)]
    public void walking_there_and_back_shows_every_row_once_and_knows_its_position(int size)
    {
        var rows = Enumerable.Range(1, 10).ToList();
        var (there, last) = (new List<int>(), default(ListPage<int>));
        for (string? after = null; last is null || after is not null; after = last.After)
        {
            last = Read(rows, after, null, size);
            last.First.ShouldBe(there.Count + 1);
            there.AddRange(last.Rows);
        }
        there.ShouldBe(rows);

        var back = new List<int>(last.Rows);
        for (var before = last.Before; before is not null; before = last.Before)
        {
            last = Read(rows, null, before, size);
            back.InsertRange(0, last.Rows);
            last.First.ShouldBe(last.Rows[0]);
        }
        back.ShouldBe(rows);
    }

    [Fact]
    public void of_nothing_there_is_neither_a_position_nor_a_way_on()
    {
        var page = Read([], null, null, 5);
        (page.First, page.After, page.Before, page.Rows.Count).ShouldBe((0, null, null, 0));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("bnVsbA")] // null
    [InlineData("WyIxIl0")] // ["1"]
    [InlineData("WyIxIiwiYSJd")] // ["1","a"]
    [InlineData("WyJhIiwiMSJd")] // ["a","1"]
    [InlineData("WyIxIixudWxsXQ")] // ["1",null]
    [InlineData("WyIxIiwiMSIsIjEiXQ")] // ["1","1","1"]
    public void what_is_no_edge_of_this_order_means_the_first_page(string damaged) => Read([1, 2, 3], damaged, damaged, 2).Rows.ShouldBe([1, 2]);

    [Fact]
    public void values_stay_parameters_and_what_is_not_asked_is_no_condition()
    {
        var conditions = new SqlConditions().When("x' or true", "t.name = @name", "name").When(null, "t.number = @number", "number").And("t.open");
        conditions.Sql.ShouldBe("t.name = @name and t.open");
        conditions.Parameters.ParameterNames.ShouldBe(["name"]);
        new SqlConditions().Sql.ShouldBe("true");

        var edge = Read([1, 2, 3], null, null, 1).After;
        var within = PageWindow.At(Orders.Of("number"), edge, null, 1).Within(conditions);
        within.Sql.ShouldBe("t.name = @name and t.open and (t.number) > (@edge0::int)");
        conditions.Sql.ShouldBe("t.name = @name and t.open", "a window adds to a copy");
    }

    // What the database does with the statement of a window.
    private static ListPage<int> Read(IReadOnlyList<int> rows, string? after, string? before, int size)
    {
        var window = PageWindow.At(Orders.Of(null), after, before, size);
        var where = window.Within(new SqlConditions());
        var edge = where.Parameters.ParameterNames.Contains("edge0") ? int.Parse(where.Parameters.Get<string>("edge0"), null) : (int?)null;
        var read = window.OrderSql.EndsWith(" desc", StringComparison.Ordinal)
            ? rows.Where(r => r < (edge ?? int.MaxValue)).Reverse()
            : rows.Where(r => r > (edge ?? 0));
        return window.Cut([.. read.Take(where.Parameters.Get<int>("limit"))], r => [$"{r}"]);
    }
}
