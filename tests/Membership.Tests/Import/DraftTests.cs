using Association.Membership.Import.Applying;
using Association.Membership.Import.Drafts;
using Association.Membership.Import.Preview;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

/// <summary>From upload to import in the office: stateless, one person's, gone after some days.</summary>
public sealed class DraftTests : IAsyncLifetime
{
    private static readonly string[] List =
    [
        "Nr.|Name|Kategorie|Straße|PLZ|Ort|E-Mail",
        "1|Hospizverein Warndt|Verein|Hauptstr. 1|66333|Völklingen|info(at)example.com",
        "2|Linden-Apotheke|Apotheke|Lindenstr. 2|66333|Völklingen",
        "3|Linden Apotheke|Apotheke|Lindenstraße 2|66333|Völklingen",
    ];

    private readonly ImportOffice _office = new();

    public Task InitializeAsync() => _office.InitializeAsync();

    public Task DisposeAsync() => _office.DisposeAsync();

    private Task<Guid> UploadAsync(string who = "office") =>
        _office.InvokeAsync<Guid>(new UploadList(@"C:\Listen\liste.csv", ImportOffice.Csv(List).Bytes), who);

    [Fact]
    public async Task an_upload_is_mapped_corrected_and_imported_step_by_step()
    {
        var draft = await UploadAsync();
        var view = (await _office.QueryAsync(new ReadDraft(draft)))!;
        view.Draft.Upload.FileName.ShouldBe("liste.csv");
        (view.Plan.Count(Outcome.New), view.Plan.Count(Outcome.Refused), view.Plan.Count(Outcome.Duplicate)).ShouldBe((1, 1, 1));
        await _office.InvokeAsync(
            new ChangeDraft(
                draft,
                new Dictionary<string, string>(),
                new Dictionary<string, string> { ["Verein"] = "welfare" },
                new Dictionary<string, string>(),
                new Dictionary<int, bool>()
            )
        );
        await _office.InvokeAsync(
            new ChangeDraft(
                draft,
                new Dictionary<string, string>(),
                new Dictionary<string, string>(),
                new Dictionary<string, string> { ["G2"] = "info@example.com" },
                new Dictionary<int, bool> { [4] = true }
            )
        );
        var applied = await _office.InvokeAsync<AppliedImport>(new ApplyDraft(draft));
        (applied.Plan.Count(Outcome.New), applied.Plan.Errors.Count()).ShouldBe((3, 0));
        (await _office.QueryAsync(new ReadDraft(draft)))!.Draft.Import.ShouldBe(applied.Import);
        (await Should.ThrowAsync<ProblemsException>(() => _office.InvokeAsync<AppliedImport>(new ApplyDraft(draft)))).Message.ShouldContain(
            "schon eingespielt"
        );
        (await _office.QueryAsync(new ListImports())).Single().Created.ShouldBe(3);
    }

    [Fact]
    public async Task an_upload_belongs_to_one_person_and_ends_after_some_days()
    {
        var draft = await UploadAsync();
        (await _office.QueryAsync(new ReadDraft(draft), "office2")).ShouldBeNull();
        await Should.ThrowAsync<ProblemsException>(() => _office.InvokeAsync<AppliedImport>(new ApplyDraft(draft), "office2"));
        await Should.ThrowAsync<PermissionDeniedException>(() => UploadAsync("board"));
        await _office.ExecuteAsync("update membership.import_draft set expires_at = now() - interval '10 years'");
        await UploadAsync("office2");
        (await _office.QueryAsync(new ReadDraft(draft))).ShouldBeNull();
    }

    [Fact]
    public async Task a_discarded_upload_leaves_nothing_behind()
    {
        var draft = await UploadAsync();
        await _office.InvokeAsync(new DiscardDraft(draft));
        (await _office.ScalarAsync<long>("select count(*) from membership.import_draft")).ShouldBe(0);
    }
}
