using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>Whoever approves signs with <c>Actor.Signature</c>, which says „i. V.“ for a deputy; the bare name would hide it.</summary>
public sealed partial class SignatureTests
{
    [Fact]
    public void every_approval_is_signed_and_shown_with_the_signature() =>
        House
            .Files("src", ".cs", ".razor")
            .SelectMany(f => File.ReadLines(f).Where(IsBare).Select(line => $"{Path.GetRelativePath(House.Root, f)}: {line.Trim()}"))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("(ApprovedBy, ApprovedByName, ApprovedAt) = (by.Id, by.Name, at);", true)]
    [InlineData("(ApprovedBy, ApprovedByName, ApprovedAt) = (by.Id, by.Signature, at);", false)]
    [InlineData("(EndedBy, EndedByName, EndedAt) = (by.Id, by.Name, at);", true)]
    [InlineData("approved_by_name = @name, new { name = user.Actor.Name }", true)]
    [InlineData("<Signatures Reader=\"@(canApprove ? User.Actor.Name : null)\" />", true)]
    [InlineData("<Signatures PreparedBy=\"@User.Actor.Name\" Reader=\"@(canApprove ? User.Actor.Signature : null)\" />", false)]
    [InlineData("RequestedByName = user.Actor.Name,", false)]
    public void a_bare_name_is_found(string line, bool isBare) => IsBare(line).ShouldBe(isBare);

    private static bool IsBare(string line) => Approval().IsMatch(line) || Shown().IsMatch(line);

    [GeneratedRegex(@"(ApprovedByName|EndedByName|approved_by_name|ended_by_name).*\b(by|Actor)\.Name\b")]
    private static partial Regex Approval();

    [GeneratedRegex("Reader=\"@\\([^\"]*Actor\\.Name\\b")]
    private static partial Regex Shown();
}
