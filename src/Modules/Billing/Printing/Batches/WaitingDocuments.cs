namespace Association.Billing.Printing.Batches;

/// <summary>Which waiting documents go into a batch.</summary>
/// <param name="WithEmail">Also those of members who have an e-mail address.</param>
/// <param name="Since">Issued on this day or later; null for all.</param>
/// <param name="Run">Only of this dues run; null for all.</param>
internal sealed record PrintChoice(bool WithEmail = false, DateOnly? Since = null, Guid? Run = null);

/// <summary>What waits to leave, as <c>billing.delivery_waiting</c> says it for paper and mail alike.</summary>
internal static class WaitingDocuments
{
    /// <summary>Rows of the view; the parameters are <c>@Since</c> and <c>@Run</c>.</summary>
    public const string Sql = """
        select w.*, w.document_id as id from billing.delivery_waiting w
         where (@Since::date is null or w.issued_on >= @Since) and (@Run::uuid is null or w.run_id = @Run)
        """;

    /// <summary>Of those, what a batch takes; parameters <c>@Since</c>, <c>@Run</c> and <c>@WithEmail</c>.</summary>
    /// <remarks>Whose way is both gets the mail still when the paper lies in a batch already.</remarks>
    public const string Chosen = $"""
        select * from ({Sql}) w
         where w.by_paper
            or (@WithEmail and w.by_mail and not w.no_post
                and not exists (select from billing.print_document p where p.archive_file_id = w.file and p.live))
        """;
}
