using Association.Membership.Data;
using Association.Membership.Members.Files;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Answers;

/// <summary>Keeps a proof with what is drafted or answered; one that was there before goes. It is kept also when the rest of the form is refused.</summary>
/// <param name="Key">The secret of the link.</param>
/// <param name="FileName">As it was called.</param>
/// <param name="Bytes">PDF, JPEG or PNG; what it is, its content says.</param>
[AnyoneMay("Whoever holds the link was asked by the office; it has 256 random bits.")]
internal sealed record KeepProof(string? Key, string FileName, byte[] Bytes) : ICommand;

internal static class KeepProofHandler
{
    public const int LargestMegabytes = 10;

    /// <summary>How often a proof is taken for one request.</summary>
    public const int Most = 20;

    private static readonly string[] Kinds = ["application/pdf", "image/jpeg", "image/png"];

    /// <summary>What the page offers to choose.</summary>
    public const string Endings = ".pdf,.jpg,.jpeg,.png";

    public static Task<OpenedDeclaration?> LoadAsync(KeepProof command, MembershipDb db, TimeProvider clock, CancellationToken ct) =>
        DeclarationKey.OpenAsync(db, command.Key, clock, ct);

    public static async Task<Problem?> ValidateAsync(
        KeepProof command,
        OpenedDeclaration? opened,
        MembershipDb db,
        IStringLocalizer<DeclarationTexts> texts,
        CancellationToken ct
    )
    {
        const string Proof = "Proof"; // the field of the page
        if (AnswerDeclarationHandler.ProblemOf(opened, texts) is { } over)
            return over;
        if (command.Bytes.Length > LargestMegabytes * 1024 * 1024)
            return new Problem(Proof, texts["Problem.ProofSize", LargestMegabytes]);
        if (command.Bytes.Length == 0 || FileContent.KindOf(command.Bytes) is not { } kind || !Kinds.Contains(kind.MediaType))
            return new Problem(Proof, texts["Problem.ProofKind"]);
        var before = await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<int>(
            new CommandDefinition(
                "select proofs from membership.declaration_request where id = @Request",
                new { opened!.Request },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return before >= Most ? new Problem(Proof, texts["Problem.ProofsMany"]) : null;
    }

    public static async Task HandleAsync(
        KeepProof command,
        OpenedDeclaration opened,
        MembershipDb db,
        TimeProvider clock,
        IStringLocalizer<DeclarationTexts> texts,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        var kind = FileContent.KindOf(command.Bytes)!;
        var file = ArchivedFile.New(KeepFileHandler.NameOf(command.FileName, kind, texts["Proof.Unnamed"]), kind.MediaType, command.Bytes) with
        {
            Removable = true,
        };
        await FileArchive.AddAsync(connection, [file], ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                update membership.declaration_request
                   set proof_file_id = @file, proof_name = @Name, proof_size = @size, proofs = proofs + 1, drafted_at = coalesce(drafted_at, @now)
                 where id = @Request
                """,
                new
                {
                    opened.Request,
                    file = file.Id,
                    file.Name,
                    size = command.Bytes.Length,
                    now = clock.GetUtcNow(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (opened.Answer.Proof is { } replaced)
            await FileArchive.EmptyAsync(connection, [replaced.File], clock.GetUtcNow(), ct);
    }
}
