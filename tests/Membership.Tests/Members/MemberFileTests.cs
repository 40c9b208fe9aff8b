using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Association.Membership.Members.Correspondence;
using Association.Membership.Members.Files;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Membership.Members.Notes;
using Association.Membership.Members.Record;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

public sealed class MemberFileTests(MembershipOffice membership) : IClassFixture<MembershipOffice>
{
    internal static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n");
    private const int NoServer = 1; // nobody listens there
    private readonly TestOffice office = membership.Office;

    [Fact]
    public async Task a_file_is_archived_byte_for_byte_with_its_digest_and_found_by_its_name()
    {
        var member = await office.MemberAsync(name: "Datei ablegen");
        var id = await KeepAsync(member, @"C:\Users\anna\Beitrittserklärung 2013.PDF", Pdf);

        var file = (await FilesAsync(member)).ShouldHaveSingleItem();
        (file.Id.Value, file.Name, file.Size, file.IsDeleted).ShouldBe((id, "Beitrittserklärung 2013.pdf", Pdf.Length, false));
        (await ReadAsync(file)).ShouldNotBeNull().Bytes.ToArray().ShouldBe(Pdf);
        (await office.As("office").Services.GetRequiredService<FileArchive>().VerifyAsync(CancellationToken.None)).Damaged.ShouldBeEmpty();
        (await office.As("office").Bus.QueryAsync(new FindNotes("beitrittserklaerung", 5))).ShouldHaveSingleItem().IsFile.ShouldBeTrue();
    }

    [Fact]
    public async Task who_deletes_a_file_is_named_and_nobody_is_handed_it_any_more()
    {
        var member = await office.MemberAsync(name: "Datei löschen");
        await KeepAsync(member, "alt.pdf", Pdf);
        var file = (await FilesAsync(member)).Single();
        var other = office.As("office2");
        await other.Bus.InvokeAsync(new DeleteFile(file.Id));

        var deleted = (await FilesAsync(member)).Single();
        (deleted.DeletedBy, deleted.DeletedAt?.Date).ShouldBe((other.Actor.Name, office.Clock.GetUtcNow().Date));
        (await ReadAsync(file)).ShouldBeNull();
        (await office.ShouldRefuseAsync(new DeleteFile(file.Id), "")).ShouldContain(other.Actor.Name);
        await using var connection = await office.Database.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<bool>("select exists (select from platform.archive_file where id = @Archived)", file)).ShouldBeTrue();
    }

    [Fact]
    public async Task of_a_deleted_file_no_byte_is_left_in_the_archive_and_the_archive_still_verifies()
    {
        var member = await office.MemberAsync(name: "Datei leeren");
        await KeepAsync(member, "Attest.pdf", Pdf);
        var file = (await FilesAsync(member)).Single();
        await office.InvokeAsync(new DeleteFile(file.Id));

        var (bytes, name, digest) = await ArchivedAsync(file.Archived);
        (bytes, name).ShouldBe((0, "Attest.pdf"));
        digest.ShouldBe(SHA256.HashData(Pdf), "what it was can still be told by who has it");
        var archive = office.As("office").Services.GetRequiredService<FileArchive>();
        (await archive.VerifyAsync(CancellationToken.None)).Damaged.ShouldBeEmpty();
        await Should.ThrowAsync<KeyNotFoundException>(() => archive.ReadAsync(file.Archived, CancellationToken.None));
    }

    [Fact]
    public async Task a_file_that_went_out_with_a_letter_stays_with_it_when_it_is_deleted()
    {
        var member = await office.MemberAsync(name: "Datei verschickt");
        await KeepAsync(member, "Satzung.pdf", Pdf);
        var file = (await FilesAsync(member)).Single();
        file.WentOut.ShouldBeFalse();
        await office.WriteByMailAsync(NoServer);
        await office.As("office").Bus.InvokeAsync<Guid>(Letter(member, file));
        (await FilesAsync(member)).Single().WentOut.ShouldBeTrue();
        await office.InvokeAsync(new DeleteFile(file.Id));

        (await ReadAsync(file)).ShouldBeNull("nobody is handed it by the file of the member");
        (await ArchivedAsync(file.Archived)).Bytes.ShouldBe(Pdf.Length);
    }

    [Fact]
    public async Task a_file_deleted_while_a_letter_takes_it_along_is_either_in_the_letter_or_gone()
    {
        var member = await office.MemberAsync(name: "Datei umstritten");
        await office.WriteByMailAsync(NoServer);
        for (var round = 0; round < 8; round++)
        {
            var id = await KeepAsync(member, $"{round}.pdf", Pdf);
            var file = (await FilesAsync(member)).Single(f => f.Id.Value == id);
            var deleting = office.As("office2").Bus.InvokeAsync(new DeleteFile(file.Id));
            var written = true;
            try
            {
                await office.As("office").Bus.InvokeAsync<Guid>(Letter(member, file));
            }
            catch (ProblemsException)
            {
                written = false;
            }
            await deleting;
            (await ArchivedAsync(file.Archived)).Bytes.ShouldBe(written ? Pdf.Length : 0);
        }
    }

    [Fact]
    public async Task with_a_member_that_was_entered_by_mistake_its_files_go()
    {
        var member = await office.MemberAsync(name: "Irrtum gGmbH");
        await KeepAsync(member, "fremd.pdf", Pdf);
        var file = (await FilesAsync(member)).Single();
        await office.InvokeAsync(new RemoveMember(member.Id, member.Version));
        (await ArchivedAsync(file.Archived)).Bytes.ShouldBe(0);
    }

    public static TheoryData<string, byte[], string?> Contents =>
        new()
        {
            { "a.pdf", Pdf, "application/pdf" },
            { "a.png", [0x89, .. "PNG\r\n"u8, 0x1a, (byte)'\n', 0, 0], "image/png" },
            { "a.jpeg", [0xff, 0xd8, 0xff, 0xe0, 0], "image/jpeg" },
            { "a.docx", Zip("[Content_Types].xml", "word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
            { "a.xlsx", Zip("[Content_Types].xml", "xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
            { "a.odt", Zip("mimetype=application/vnd.oasis.opendocument.text", "content.xml"), "application/vnd.oasis.opendocument.text" },
            { "a.docx", Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), null },
            { "a.ods", Zip("mimetype=application/vnd.oasis.opendocument.spreadsheet", "Basic/Standard/Module1.xml"), null },
            { "a.zip", Zip("readme.txt"), null },
            { "a.pdf", "%PDF-1.7 cut off"u8.ToArray(), null },
            { "a.html", "<script>alert(1)</script>"u8.ToArray(), null },
            { "a.exe", "MZ\x90\0"u8.ToArray(), null },
            { "a.docx", "PK\x03\x04 broken"u8.ToArray(), null },
            { "a.pdf", [0xff, 0xd8, 0xff, 0xe0, 0], null }, // a picture that says it is a PDF
            { "a.pdf", [], null },
        };

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task what_a_file_is_its_content_says(string name, byte[] bytes, string? kind)
    {
        var member = await office.MemberAsync(name: "Datei prüfen");
        if (kind is null)
        {
            await office.ShouldRefuseAsync(new KeepFile(member.Id, name, bytes), "File");
            (await FilesAsync(member)).ShouldBeEmpty();
            return;
        }
        await KeepAsync(member, name, bytes);
        (await ReadAsync((await FilesAsync(member)).Single())).ShouldNotBeNull().MediaType.ShouldBe(kind);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData("Zeile\r\nzwei.pdf", "Zeile zwei.pdf")]
    [InlineData("a<b>:c|d?.pdf", "a-b--c-d-.pdf")]
    [InlineData(".pdf", "datei.pdf")]
    [InlineData("", "datei.pdf")]
    public async Task a_name_holds_nothing_that_is_not_one(string given, string kept)
    {
        var member = await office.MemberAsync(name: "Datei benennen");
        await KeepAsync(member, given, Pdf);
        (await FilesAsync(member)).Single().Name.ShouldBe(kept);
    }

    [Fact]
    public async Task a_long_name_keeps_its_ending_and_a_file_that_is_too_large_is_refused()
    {
        var member = await office.MemberAsync(name: "Datei groß");
        await KeepAsync(member, new string('ä', 400) + ".pdf", Pdf);
        var name = (await FilesAsync(member)).Single().Name;
        (name.Length, name[^5..]).ShouldBe((150, "ä.pdf"));
        var large = new byte[20 * 1024 * 1024 + 1];
        Pdf.CopyTo(large, 0);
        (await office.ShouldRefuseAsync(new KeepFile(member.Id, "groß.pdf", large), "File")).ShouldContain("20 MB");
    }

    [Fact]
    public async Task only_who_was_given_the_right_opens_files()
    {
        var member = await office.MemberAsync(name: "Datei vertraulich");
        await KeepAsync(member, "x.pdf", Pdf);
        var file = (await FilesAsync(member)).Single();
        var board = office.As("board");
        await Should.ThrowAsync<PermissionDeniedException>(() => board.Bus.QueryAsync(new ReadFile(file.Id)));
        await Should.ThrowAsync<PermissionDeniedException>(() => board.Bus.InvokeAsync(new DeleteFile(file.Id)));
    }

    private static byte[] Zip(params string[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var part in parts.Select(p => p.Split('=')))
            {
                using var writer = new StreamWriter(zip.CreateEntry(part[0]).Open());
                writer.Write(part.Length > 1 ? part[1] : "x");
            }
        return bytes.ToArray();
    }

    private Task<Guid> KeepAsync(Member member, string name, byte[] bytes) => office.As("office").Bus.InvokeAsync<Guid>(new KeepFile(member.Id, name, bytes));

    private Task<IReadOnlyList<MemberFile>> FilesAsync(Member member) => office.As("office").Bus.QueryAsync(new ListFiles(member.Id));

    private Task<ArchivedFile?> ReadAsync(MemberFile file) => office.As("office").Bus.QueryAsync(new ReadFile(file.Id));

    private static WriteLetter Letter(Member member, MemberFile file) =>
        new(member.Id, null, LetterWay.Mail, new SerialText("Hallo", "{Anrede}\n\nText.", "de"), Files: [file.Id]);

    private async Task<(int Bytes, string Name, byte[] Digest)> ArchivedAsync(Guid id)
    {
        await using var connection = await office.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(int, string, byte[])>(
            "select length(bytes), name, sha256 from platform.archive_file where id = @id",
            new { id }
        );
    }
}
