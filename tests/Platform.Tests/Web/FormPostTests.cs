using System.Data.Common;
using System.Globalization;
using Association.Platform.Messaging;
using Association.Platform.Web.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

/// <summary>All texts of all forms come in here.</summary>
public class FormPostTests
{
    // Every character that nobody can see, halves of pairs among them: second halves first, so that none of them meet.
    private static readonly string Unseen = string.Concat(
        Enumerable.Range(0, 0x10000).Reverse().Select(c => (char)c).Where(c => IsUnseen(c) && c is not ('\t' or '\n' or '\r' or '\v' or '\f' or '\x85'))
    );

    [Fact]
    public void no_field_takes_what_nobody_can_see()
    {
        var post = Post(("Name", $"Mül{Unseen}ler"), ("Tags", new StringValues(["a", $"b{Unseen}"])));

        post.Text("Name").ShouldBe("Müller");
        post.TextOrNull("Name").ShouldBe("Müller");
        post.Texts("Tags").ShouldBe(["a", "b"]);
    }

    [Fact]
    public void a_line_has_no_second_one_but_in_a_field_of_lines()
    {
        var post = Post(("Subject", "Beitrag\r\nBcc: a@example.com"), ("Body", "Guten Tag\r\n\u2028Ende"), ("__lines", "Body"));

        post.Text("Subject").ShouldBe("Beitrag Bcc: a@example.com");
        post.Text("Body").ShouldBe("Guten Tag\n\nEnde");
    }

    [Fact]
    public void a_password_stays_as_it_was_typed() => Post(("Password", "a\u200bb")).Raw("Password").ShouldBe("a\u200bb");

    [Theory]
    [InlineData("22008", false)] // a day that no column takes
    [InlineData("40P01", true)] // a deadlock
    [InlineData(null, true)] // the server does not answer
    public async Task what_the_database_cannot_do_is_not_taken_for_a_mistake_of_the_form(string? state, bool thrown)
    {
        DbException failure = state is null ? new NpgsqlException("gone") : new PostgresException("", "ERROR", "ERROR", state);
        var post = Post(new FailingBus(new InvalidOperationException("in a handler", failure)), ("Amount", "x"));
        post.Add("Amount", "Das ist kein Betrag.");

        if (thrown)
            await Should.ThrowAsync<InvalidOperationException>(() => post.InvokeAsync(new object()));
        else
            (await post.InvokeAsync(new object())).ShouldBeFalse();
        post.Problems.ShouldHaveSingleItem().Field.ShouldBe("Amount");
    }

    private static bool IsUnseen(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned;

    private static FormPost Post(params (string Field, StringValues Value)[] fields) => Post(null!, fields);

    private static FormPost Post(IMessageBus bus, params (string Field, StringValues Value)[] fields)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Form = new FormCollection(fields.ToDictionary(f => f.Field, f => f.Value));
        return new FormPost(new HttpContextAccessor { HttpContext = http }, bus, null!, null!, TimeProvider.System);
    }

    private sealed class FailingBus(Exception failure) : IMessageBus
    {
        public Guid CorrelationId => Guid.Empty;

        public Guid? FormToken { get; set; }

        public Task InvokeAsync(object message, CancellationToken ct = default) => throw failure;

        public Task<T> InvokeAsync<T>(object message, CancellationToken ct = default) => throw failure;

        public Task<IReadOnlyList<Problem>> ProblemsAsync(object command, CancellationToken ct = default) => throw failure;

        public Task<TAnswer> QueryAsync<TAnswer>(IQuery<TAnswer> query, CancellationToken ct = default) => throw failure;

        public ValueTask SendAsync(object message, CancellationToken ct = default) => throw failure;

        public ValueTask PublishAsync(object message, CancellationToken ct = default) => throw failure;

        public ValueTask ScheduleAsync(object message, DateTimeOffset when, CancellationToken ct = default) => throw failure;
    }
}
