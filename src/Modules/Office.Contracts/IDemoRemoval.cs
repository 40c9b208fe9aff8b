namespace Association.Office.Contracts;

/// <summary>
/// Makes a demo that is restored an installation of one's own: its people, whose passwords everybody knows, are taken out. The wish is noted before the restore
/// begins, so that one which is killed between the two is finished by the next that opens the database.
/// </summary>
public interface IDemoRemoval
{
    /// <summary>Notes that what is restored next becomes an own installation, or that it stays what it is. On a database in use the note stays as it
    /// is.</summary>
    Task NoteAsync(bool wished, CancellationToken ct);

    /// <summary>Does what was noted; without a note nothing.</summary>
    /// <returns>How many people of the demo were taken out. What they did stays in the history under their names.</returns>
    Task<int> FinishAsync(CancellationToken ct);
}
