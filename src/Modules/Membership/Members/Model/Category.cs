using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Members.Model;

/// <summary>What the dues of a category are measured by.</summary>
internal enum Measure
{
    Beds,
    Employees,
    Inhabitants,
}

internal sealed class Category
{
    /// <summary>Stable, such as <c>hospital</c>: rules and mappings name it.</summary>
    public required string Code { get; init; }

    public required string NameDe { get; set; }
    public required string NameFr { get; set; }
    public required string NameEn { get; set; }

    /// <summary>Null: the dues are a flat amount.</summary>
    public Measure? Measure { get; set; }

    /// <summary>The order of the regulation.</summary>
    public short Position { get; set; }

    /// <summary>The name in <c>de</c>, <c>fr</c> or <c>en</c>; German for any other language.</summary>
    public string NameIn(string language) =>
        language switch
        {
            "fr" => NameFr,
            "en" => NameEn,
            _ => NameDe,
        };

    internal sealed class Mapping : IEntityTypeConfiguration<Category>
    {
        public void Configure(EntityTypeBuilder<Category> builder) => builder.HasKey(c => c.Code);
    }
}
