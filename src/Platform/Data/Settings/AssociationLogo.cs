namespace Association.Platform.Data.Settings;

/// <summary>A logo that was uploaded; it never changes. One instance a logo, so that what is made of it can be kept beside it.</summary>
public sealed class AssociationLogo
{
    /// <summary>Names it in a version of the profile.</summary>
    public required Guid Id { get; init; }

    /// <summary>What its file was called.</summary>
    public required string Name { get; init; }

    /// <summary><c>image/png</c> or <c>image/jpeg</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>In pixels.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The cleaned file.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>When it was uploaded.</summary>
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>Who uploaded it.</summary>
    public string UploadedBy { get; init; } = "";
}
