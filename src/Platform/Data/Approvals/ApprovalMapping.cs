using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Platform.Data.Approvals;

/// <summary>Maps an <see cref="Approval"/> onto the columns of its record's table, which <c>platform.attach_approval</c> makes and guards.</summary>
public static class ApprovalMapping
{
    /// <summary>Maps it.</summary>
    /// <param name="builder">Of the record.</param>
    /// <param name="approval">Its approval.</param>
    /// <param name="asked">What asking is called: <c>submitted</c> for <c>submitted_by</c>, <c>submitted_by_name</c>, <c>submitted_at</c>.</param>
    /// <param name="always">The record comes into being by asking: it is never without who asked.</param>
    /// <param name="mayNeedNone">Below a limit one person is enough: <c>needs_second</c>.</param>
    public static void HasApproval<T>(
        this EntityTypeBuilder<T> builder,
        Expression<Func<T, Approval?>> approval,
        string asked = "requested",
        bool always = true,
        bool mayNeedNone = false
    )
        where T : class =>
        builder.ComplexProperty(
            approval,
            columns =>
            {
                columns.IsRequired();
                columns.Property(a => a.AskedBy).HasColumnName($"{asked}_by").IsRequired(always);
                columns.Property(a => a.AskedByName).HasColumnName($"{asked}_by_name").IsRequired(always);
                columns.Property(a => a.AskedAt).HasColumnName($"{asked}_at").IsRequired(always);
                columns.Property(a => a.ApprovedBy).HasColumnName("approved_by");
                columns.Property(a => a.ApprovedByName).HasColumnName("approved_by_name");
                columns.Property(a => a.ApprovedAt).HasColumnName("approved_at");
                columns.Property(a => a.EndedBy).HasColumnName("ended_by");
                columns.Property(a => a.EndedByName).HasColumnName("ended_by_name");
                columns.Property(a => a.EndedAt).HasColumnName("ended_at");
                columns.Property(a => a.Refusal).HasColumnName("refusal");
                columns.Ignore(a => a.State);
                if (mayNeedNone)
                    columns.Property(a => a.NeedsSecond).HasColumnName("needs_second");
                else
                    columns.Ignore(a => a.NeedsSecond);
            }
        );
}
