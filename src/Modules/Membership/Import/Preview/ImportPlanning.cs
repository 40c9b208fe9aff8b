using System.Text.Json.Serialization;
using Association.Membership.Data;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Import.Preview;

/// <summary>A file and what a person said about it.</summary>
/// <param name="FileName">As uploaded.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Choices">What its columns and words mean.</param>
/// <param name="Decisions">Corrections and decisions about rows.</param>
[method: JsonConstructor]
internal sealed record ListUpload(string FileName, ReadOnlyMemory<byte> Bytes, MappingChoices Choices, RowDecisions Decisions)
{
    public ListUpload(string fileName, ReadOnlyMemory<byte> bytes)
        : this(fileName, bytes, MappingChoices.None, RowDecisions.None) { }
}

/// <summary>Reads a file and plans its import against the members that there are. Writes nothing.</summary>
internal sealed class ImportPlanning(MembershipDb db, TimeProvider clock, IStringLocalizer<DocumentsTexts> documents)
{
    /// <exception cref="ProblemsException">The file, or what was said about it, cannot be used; says why.</exception>
    public async Task<ImportPlan> PlanAsync(ListUpload upload, CancellationToken ct)
    {
        try
        {
            var today = clock.Today();
            var table =
                ListTable.Find(ListFile.Read(upload.Bytes, upload.FileName, ct), today.Year)
                ?? throw new ImportRefusedException(new Reason("NoTable", upload.FileName));
            var remembered = await RememberedMappings.ReadAsync(db, table.Fingerprint, ct);
            var mapping = MappingProposal.For(table, upload.Choices, remembered, today.Year);
            if (
                mapping.Column(MemberField.Name) is null
                && mapping.Column(MemberField.LastName) is null
                && upload.Choices.Columns.Count == 0
                && mapping.Columns.All(c => c.Field == MemberField.None)
            )
                throw new ImportRefusedException(new Reason("NoTable", upload.FileName));
            var needed = await NeededCounts.ReadAsync(db, today, ct);
            return new ImportPlanner(table, mapping, upload.Decisions, today, needed).Plan(await KnownMembers.ReadAsync(db, today, ct));
        }
        catch (SpreadsheetException refused)
        {
            throw new ProblemsException(refused.Sentence(documents));
        }
        catch (ImportRefusedException refused)
        {
            throw new ProblemsException(refused.Reason.Say());
        }
    }
}
