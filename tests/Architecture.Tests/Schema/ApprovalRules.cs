using Association.Platform.Data;
using Association.Platform.Data.Approvals;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Association.Architecture.Tests.Schema;

/// <summary>Four eyes are said once: whoever keeps who asked and who agreed keeps it as an <see cref="Approval"/>, and the database guards it.</summary>
internal static class ApprovalRules
{
    // Older than the rule: the database signs both itself (platform.sign_bank_details_change), and the page reads them as an approval.
    private static readonly string[] Signed = ["platform.bank_details_change"];

    private const string Words = "^(requested|submitted|proposed|approved|agreed|confirmed|countersigned|decided|refused)_by(_id|_name)?$";

    /// <summary>Tables with a second signature that is not mapped as an approval, or that the database does not guard.</summary>
    public static async Task<IReadOnlyList<string>> BrokenAsync(IEnumerable<ModuleDbContext> mappers, NpgsqlConnection connection)
    {
        var mapped = mappers
            .SelectMany(m => m.Model.GetRelationalModel().Tables)
            .SelectMany(t => t.Columns.Select(c => (Name: $"{t.Schema}.{t.Name}.{c.Name}", Column: c)))
            .ToLookup(c => c.Name, c => c.Column);
        var found = (
            await connection.QueryAsync<(string Table, string Column, bool Guarded)>(
                """
                select n.nspname || '.' || c.relname, a.attname, exists (
                         select from pg_constraint k where k.conrelid = c.oid and k.conname = c.relname || '_four_eyes' and k.contype = 'c')
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
                 where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and n.nspname !~ '^(pg_|information_schema)' and a.attname ~ @Words
                 order by 1, 2
                """,
                new { Words }
            )
        ).Where(f => !Signed.Contains(f.Table));
        return
        [
            .. found
                .Where(f => !mapped[$"{f.Table}.{f.Column}"].Any(c => c.PropertyMappings.All(p => p.Property.DeclaringType.ClrType == typeof(Approval))))
                .Select(f => $"{f.Table}.{f.Column} is not mapped with HasApproval"),
            .. found.Where(f => !f.Guarded).Select(f => $"{f.Table} is not guarded by platform.attach_approval").Distinct(),
        ];
    }
}
