using System.Text;
using Association.Membership.Contracts;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.List.Rows;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace Association.Membership.Members.List.Export;

/// <summary>
/// The columns of the workbook: what each reads of a member, and the cell that becomes of it. Only what is shown is read, and it goes from the database's
/// answer into the sheet as bytes: a hundred thousand members are a million texts, none of which is worth an object.
/// </summary>
/// <param name="list">Its headings.</param>
/// <param name="texts">The words of the page.</param>
/// <param name="categories">Names by code.</param>
/// <param name="dues">What members owe for the present year.</param>
/// <param name="today">The day that category and status are meant for.</param>
internal sealed class MemberSheet(
    MembersView list,
    IStringLocalizer<MembersTexts> texts,
    IReadOnlyDictionary<string, string> categories,
    IReadOnlyDictionary<Guid, decimal> dues,
    DateOnly today
)
{
    private readonly SheetColumns<NpgsqlDataReader> _columns = new();
    private readonly List<string> _read = [];
    private byte[] _utf8 = new byte[512];

    /// <summary>What is to be read, over <c>membership.member m</c>.</summary>
    public string Read => string.Join(", ", _read);

    /// <summary>The cells, left to right.</summary>
    public SheetColumns<NpgsqlDataReader> Columns(IEnumerable<MemberColumn> shown)
    {
        foreach (var column in shown)
            Add(column, list.Columns.HeaderOf(column));
        return _columns;
    }

    private SheetColumns<NpgsqlDataReader> Add(MemberColumn column, string header) =>
        column switch
        {
            MemberColumn.Number => Text(header, "m.number"),
            MemberColumn.Name => Text(header, "m.name"),
            MemberColumn.Category => Word(header, MemberRows.CategoryCode, categories),
            MemberColumn.Town => Text(header, "m.town"),
            MemberColumn.Joined => Date(header, "m.joined_on"),
            MemberColumn.Route => Word(header, "m.payment_route", Enum.GetValues<PaymentRoute>().ToDictionary(EnumText.Of, r => texts[$"Route.{r}"].Value)),
            MemberColumn.Dues => Dues(header),
            MemberColumn.Status => Status(header),
            MemberColumn.PostalCode => Text(header, "m.postal_code"),
            MemberColumn.Street => Text(header, "m.street"),
            MemberColumn.Email => Text(header, "m.email"),
            MemberColumn.Phone => Text(header, "m.phone"),
            MemberColumn.Left => Date(header, "m.left_on"),
            MemberColumn.Recipient => Text(header, "m.billing_name"),
            MemberColumn.Value => Value(header),
            MemberColumn.Tags => Text(header, MemberRows.TagNames),
            MemberColumn.ToClarify => ToClarify(header),
            _ => throw new ArgumentOutOfRangeException(nameof(column), column, "No such column."),
        };

    private SheetColumns<NpgsqlDataReader> Text(string header, string sql)
    {
        var at = At(sql);
        return _columns.Utf8Text(header, row => Utf8(row, at));
    }

    /// <summary>A code, in the words of the reader.</summary>
    private SheetColumns<NpgsqlDataReader> Word(string header, string sql, IReadOnlyDictionary<string, string> words)
    {
        var at = At(sql);
        var known = words.Select(w => (Code: Encoding.UTF8.GetBytes(w.Key), Word: Encoding.UTF8.GetBytes(w.Value))).ToArray();
        return _columns.Utf8Text(
            header,
            row =>
            {
                var code = Utf8(row, at);
                foreach (var word in known)
                    if (code.SequenceEqual(word.Code))
                        return word.Word;
                return code;
            }
        );
    }

    private SheetColumns<NpgsqlDataReader> Date(string header, string sql)
    {
        var at = At(sql);
        return _columns.Date(header, row => Day(row, at));
    }

    private SheetColumns<NpgsqlDataReader> Dues(string header)
    {
        var at = At("m.id");
        return _columns.Money(header, row => dues.TryGetValue(row.GetGuid(at), out var amount) ? new Money(amount) : null);
    }

    private SheetColumns<NpgsqlDataReader> Status(string header)
    {
        var (joined, left) = (At("m.joined_on"), At("m.left_on"));
        var said = new Dictionary<(MemberStatus, DateOnly?), string>(); // a status with its day is the same for many
        return _columns.Text(
            header,
            row =>
            {
                var (joinedOn, leftOn) = (Day(row, joined), Day(row, left));
                var status = MemberStatuses.Of(joinedOn, leftOn, today);
                var key = (
                    status,
                    status switch
                    {
                        MemberStatus.Active => null,
                        MemberStatus.Planned => joinedOn,
                        _ => leftOn,
                    }
                );
                if (!said.TryGetValue(key, out var words))
                    said[key] = words = StatusWords.Of(joinedOn, leftOn, today, texts);
                return words;
            }
        );
    }

    private SheetColumns<NpgsqlDataReader> Value(string header)
    {
        var at = At(MemberRows.Value);
        return _columns.WholeNumber(header, row => row.IsDBNull(at) ? null : row.GetInt32(at));
    }

    private SheetColumns<NpgsqlDataReader> ToClarify(string header)
    {
        var at = At(MemberRows.ToClarify);
        return _columns.YesNo(header, row => row.GetBoolean(at));
    }

    private int At(string sql)
    {
        if (!_read.Contains(sql))
            _read.Add(sql);
        return _read.IndexOf(sql);
    }

    private static DateOnly? Day(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetFieldValue<DateOnly>(at);

    private ReadOnlySpan<byte> Utf8(NpgsqlDataReader row, int at)
    {
        if (row.IsDBNull(at))
            return default;
        var length = (int)row.GetBytes(at, 0, _utf8, 0, _utf8.Length);
        if (length == _utf8.Length)
        {
            _utf8 = new byte[Math.Max(_utf8.Length * 2, (int)row.GetBytes(at, 0, null, 0, 0) + 1)];
            length = (int)row.GetBytes(at, 0, _utf8, 0, _utf8.Length);
        }
        return _utf8.AsSpan(0, length);
    }
}
