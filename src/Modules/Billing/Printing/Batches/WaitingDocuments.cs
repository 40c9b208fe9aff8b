namespace Association.Billing.Printing.Batches;

/// <summary>Which waiting documents go into a batch.</summary>
/// <param name="WithEmail">Also those of members who have an e-mail address.</param>
/// <param name="Since">Issued on this day or later; null for all.</param>
internal sealed record PrintChoice(bool WithEmail = false, DateOnly? Since = null);

/// <summary>What waits for paper: issued, made, in no batch, and not taken back meanwhile. Of an invoice told to another recipient the newest
/// document.</summary>
internal static class WaitingDocuments
{
    /// <summary>Rows <c>id, account_id, number, file, address, email, no_post</c>; the parameter is <c>@Since</c>.</summary>
    /// <remarks>A cancelled invoice that was never sent is not sent any more; its cancellation is, because nobody knows what was handed over
    /// otherwise.</remarks>
    public const string Sql = """
        select i.id, i.account_id, i.number, i.series, i.year, i.sequence, d.archive_file_id as file, c.content -> 'recipient' as address, a.email, a.no_post
          from billing.invoice i join billing.account a on a.id = i.account_id
          join billing.current_content c on c.invoice_id = i.id join billing.current_document d on d.invoice_id = i.id and d.edition = c.edition
         where (@Since::date is null or i.issued_on >= @Since)
           and not exists (select from billing.print_document p where p.archive_file_id = d.archive_file_id and p.live)
           and not exists (select from billing.invoice x where x.cancels_id = i.id)
        """;

    /// <summary>Of those, what this batch takes; parameters <c>@Since</c> and <c>@WithEmail</c>.</summary>
    public const string Chosen = $"select * from ({Sql}) w where not w.no_post and (w.email is null or @WithEmail)";
}
