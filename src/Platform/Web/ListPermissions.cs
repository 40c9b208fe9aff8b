namespace Association.Platform.Web;

/// <summary>Permissions of what all lists share.</summary>
public static class ListPermissions
{
    /// <summary>Keep views of the lists that one may read.</summary>
    public const string Views = "lists.views.edit";
}
