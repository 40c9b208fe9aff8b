using System.Text.Json.Serialization;

namespace Association.Membership.Contracts;

/// <summary>What a member is charged for. Databases, messages and snapshots have the short word that stands at each.</summary>
public enum DuesKind
{
    /// <summary>Jahresbeitrag, by the regulation.</summary>
    [JsonStringEnumMemberName("annual")]
    Annual,

    /// <summary>Aufnahmegebühr, once an admission.</summary>
    [JsonStringEnumMemberName("admission")]
    Admission,

    /// <summary>Umlage, by resolution.</summary>
    [JsonStringEnumMemberName("levy")]
    Levy,
}
