using System.Globalization;
using System.Text.Json;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Members.Letters;

/// <summary>Go on with a serial letter: the next members, or, when all are written, the file.</summary>
[MessageName("membership.make-serial-letter"), InternalOnly]
internal sealed record MakeSerialLetter(Guid Letter) : ICommand;

/// <summary>Some letters a message, each archived; when none is left, they are joined to one file, and those that leave by their members' ways are
/// told of.</summary>
[PlainWords(typeof(SerialLetterTexts), "Work.Make")]
internal static class MakeSerialLetterHandler
{
    private const int LettersPerMessage = 100;

    public static async Task<OutgoingMessages> HandleAsync(
        MakeSerialLetter command,
        MembershipDb db,
        FileArchive archive,
        IAssociationProfiles profiles,
        LongWorkLog works,
        CancellationToken ct
    )
    {
        // The row lock lets one delivery work; a finished one needs nothing more.
        if (await SerialLetter.FindAsync(db, command.Letter, ct) is not { File: null } letter)
            return [];
        var association = await profiles.CurrentAsync(ct);
        var more = await works.StepAsync(
            db,
            letter.Work,
            LettersPerMessage,
            limit => UnwrittenAsync(letter, limit, db, ct),
            rows => WriteAsync(letter, rows, association, db, ct),
            () => JoinAsync(letter, db, archive, association, ct),
            ct
        );
        return more ? [new MakeSerialLetter(letter.Id)]
            : letter.ByDelivery ? [new LettersWritten(letter.Id)]
            : [];
    }

    private static async Task<IReadOnlyList<(int Place, string Facts)>> UnwrittenAsync(SerialLetter letter, int limit, MembershipDb db, CancellationToken ct) =>
        (
            await (await db.ConnectionAsync(ct)).QueryAsync<(int Place, string Facts)>(
                new CommandDefinition(
                    """
                    select place, facts::text from membership.serial_letter_member
                     where letter_id = @Id and outcome = 'letter' and file_id is null order by place limit @limit
                    """,
                    new { letter.Id, limit },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();

    private static async Task WriteAsync(
        SerialLetter letter,
        IReadOnlyList<(int Place, string Facts)> rows,
        AssociationProfile association,
        MembershipDb db,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        var files = rows.Select(row =>
                LetterFile.Write(letter.Text, JsonSerializer.Deserialize<LetterFacts>(row.Facts, SerialLetter.Json)!, letter.CreatedAt, association)
            )
            .ToList();
        await FileArchive.AddAsync(connection, files, ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "update membership.serial_letter_member m set file_id = x.file from unnest(@places, @files) as x (place, file) where m.letter_id = @Id and m.place = x.place",
                new
                {
                    letter.Id,
                    places = rows.Select(r => r.Place).ToArray(),
                    files = files.Select(f => f.Id).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    private static async Task JoinAsync(SerialLetter letter, MembershipDb db, FileArchive archive, AssociationProfile association, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var parts = (
            await connection.QueryAsync<Guid>(
                new CommandDefinition(
                    "select file_id from membership.serial_letter_member where letter_id = @Id and file_id is not null order by place",
                    new { letter.Id },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        var say = LetterLanguage.Of(letter.Text.Language, typeof(SerialLetterTexts));
        var (file, sheets) = await archive.JoinAsync(
            parts,
            string.Create(CultureInfo.InvariantCulture, $"{say["Letter.File"]}-{letter.CreatedAt:yyyy-MM-dd}.pdf"),
            new PdfInformation(letter.Text.Subject, association.Name, letter.Text.Language, letter.CreatedAt),
            startOnFront: letter.Duplex,
            ct
        );
        await FileArchive.AddAsync(connection, [file], ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "update membership.serial_letter set file_id = @file, sheets = @sheets where id = @Id",
                new
                {
                    letter.Id,
                    file = file.Id,
                    sheets,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
