using System.Text;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>Walks through CSV text record by record, field by field (RFC 4180). A quote inside an unquoted field stands for itself.</summary>
internal ref struct CsvRecords(ReadOnlySpan<char> text, char delimiter)
{
    private readonly ReadOnlySpan<char> text = text;
    private int position;
    private bool inRecord;

    /// <summary>Goes to the next record; false at the end. The fields of the record before must have been read.</summary>
    public bool Next()
    {
        inRecord = position < text.Length;
        return inRecord;
    }

    /// <summary>The next field of the record; false after the last one.</summary>
    public bool NextField(out string field)
    {
        field = "";
        if (!inRecord)
            return false;
        field = position < text.Length && text[position] == '"' ? Quoted() : Plain();
        if (position < text.Length && text[position] == delimiter)
        {
            position++;
            // A delimiter at the very end of the text opens one more, empty field, which nobody misses.
            inRecord = position < text.Length;
        }
        else
        {
            EndRecord();
        }

        return true;
    }

    private string Plain()
    {
        var rest = text[position..];
        var length = rest.IndexOfAny(delimiter, '\r', '\n');
        if (length < 0)
            length = rest.Length;
        position += length;
        return new string(rest[..length]);
    }

    private string Quoted()
    {
        var field = new StringBuilder();
        position++;
        while (position < text.Length)
        {
            var rest = text[position..];
            var quote = rest.IndexOf('"');
            if (quote < 0)
            {
                field.Append(rest);
                position = text.Length;
                return field.ToString();
            }

            field.Append(rest[..quote]);
            position += quote + 1;
            if (position >= text.Length || text[position] != '"')
                break;
            field.Append('"');
            position++;
        }

        // What follows a closing quote up to the delimiter belongs to the field, as spreadsheets read it.
        return field.Append(Plain()).ToString();
    }

    private void EndRecord()
    {
        inRecord = false;
        if (position < text.Length && text[position] == '\r')
            position++;
        if (position < text.Length && text[position] == '\n')
            position++;
    }
}
