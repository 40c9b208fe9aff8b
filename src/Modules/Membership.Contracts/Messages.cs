using Association.Platform.Messaging;

namespace Association.Membership.Contracts;

/// <summary>Master data of these members changed (or they are new); who keeps a copy reads <see cref="IMemberDirectory"/> again. At most 500 ids.</summary>
[MessageName("membership.members-changed")]
public sealed record MembersChanged(IReadOnlyList<MemberId> Members);

/// <summary>A chunk of an approved dues run is to be invoiced; its charges are read from <see cref="IDuesCharges"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Chunk">1 … number of chunks; some 200 members each.</param>
/// <param name="Work">The row of long work whose progress the invoicing moves.</param>
[MessageName("membership.charges-raised")]
public sealed record ChargesRaised(DuesRunId Run, int Chunk, Guid Work);

/// <summary>
/// A charge was calculated wrongly: it is voided, and its invoice is to be cancelled and replaced in one go, with the money already paid set off.
/// </summary>
/// <param name="Correction">Answered by Billing with its outcome.</param>
/// <param name="Charge">The wrong charge; it has an invoice.</param>
/// <param name="Replacement">Read from <see cref="IDuesCharges"/>; null when nothing is owed.</param>
/// <param name="Reason">Printed on the cancellation.</param>
[MessageName("membership.charge-corrected")]
public sealed record ChargeCorrected(CorrectionId Correction, ChargeId Charge, ChargeId? Replacement, string Reason);

/// <summary>Letters are written and archived that leave by their members' ways; they are read from <see cref="IWrittenLetters"/>.</summary>
/// <param name="Letter">What they were written in.</param>
[MessageName("membership.letters-written")]
public sealed record LettersWritten(Guid Letter);
