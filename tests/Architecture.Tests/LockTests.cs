using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>Who has to wait for whom is said in one way: <c>ModuleDbContext.OneAtATimeAsync</c> with a name.</summary>
public sealed class LockTests
{
    [Fact]
    public void modules_take_named_locks_only()
    {
        var own = House.Files("src/Modules", ".cs").Where(f => TakesOne(File.ReadAllText(f))).Select(f => Path.GetRelativePath(House.Root, f));
        own.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("select pg_advisory_xact_lock(hashtext('billing.print'))", true)]
    [InlineData("select pg_advisory_lock(4711)", false)] // of a session, as the schema of the jobs needs
    public void a_lock_of_a_transaction_is_found(string sql, bool found) => TakesOne(sql).ShouldBe(found);

    private static bool TakesOne(string text) => text.Contains("pg_advisory_xact_lock", StringComparison.Ordinal);
}
