using System.Text;

namespace Association.Platform.Messaging.Running;

/// <summary>
/// What an exception says, in a form that can always be stored: a failure whose text the database refuses would never come to its end.
/// </summary>
internal static class FailureText
{
    private const int Longest = 100_000;

    /// <summary>The message.</summary>
    public static string Short(Exception exception) => Storable(exception, e => e.Message);

    /// <summary>Everything, with the stack.</summary>
    public static string Of(Exception exception) => Storable(exception, e => e.ToString());

    /// <summary>Whether the exception's own message can be stored as it is.</summary>
    public static bool CanBeStored(Exception exception)
    {
        try
        {
            return exception.Message.Length <= Longest && Short(exception) == exception.Message && exception.ToString() is not null;
        }
        catch (Exception)
        {
            return false;
        }
    }

    // An exception quotes anything. PostgreSQL takes neither NUL nor half of a surrogate pair; nobody reads megabytes.
    private static string Storable(Exception exception, Func<Exception, string?> read)
    {
        string text;
        try
        {
            text = read(exception) ?? "";
        }
        catch (Exception e)
        {
            text = $"{exception.GetType().FullName}, whose text cannot be read: {e.GetType().FullName}";
        }
        if (text.Length > Longest)
            text = text[..Longest] + " …";
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', ' ');
    }
}
