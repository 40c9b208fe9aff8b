namespace Association.Membership.Import.Applying;

/// <summary>The statements of an import. Rows come as one JSON array each: however many there are, a statement a table.</summary>
internal static class ImportSql
{
    public const string Batch = """
        insert into membership.import (id, file_id, file_name, sheet, as_of, accepted_for_year, rows, created, changed, unchanged, duplicates, refused,
          ignored, imported_at, imported_by, imported_by_name)
        values (@id, @file, @name, @sheet, @asOf, @year, @rows, @created, @changed, @unchanged, @duplicates, @refused, @ignored, @now, @by, @byName)
        """;

    public const string KnownClarifications = "select member_id, kind, text, value from membership.clarification";

    /// <summary>The changes and the state after are filled in at the end.</summary>
    public const string RememberBefore = """
        insert into membership.import_member (import_id, member_id, row, changes, before, after)
        select @import, m, 1, '[]', membership.member_state(m), '{}' from unnest(@members) m
        """;

    public const string Members = """
        with rows as (
          select * from jsonb_to_recordset(@rows::jsonb) as r(
            id uuid, number text, kind text, name text, category text, street text, postal_code text, town text, country text, joined_on date, left_on date,
            notice_received_on date, language text, email text, phone text, no_post boolean, iban text, mandate_reference text, mandate_signed_on date,
            payment_route text, buyer_reference text, remark text, is_new boolean)),
        changed as (
          update membership.member m set
                 name = r.name, street = r.street, postal_code = r.postal_code, town = r.town, country = r.country, joined_on = r.joined_on,
                   left_on = r.left_on,
                 notice_received_on = r.notice_received_on, language = r.language, email = r.email, phone = r.phone, no_post = r.no_post, iban = r.iban,
                 mandate_reference = r.mandate_reference, mandate_signed_on = r.mandate_signed_on, payment_route = r.payment_route,
                 buyer_reference = r.buyer_reference, remark = r.remark,
                 -- a category changes at the next 1 January, unless the list turns such a change back
                 category = membership.category_on(@today, m.category, m.next_category, m.next_category_on),
                 next_category = nullif(r.category, membership.category_on(@today, m.category, m.next_category, m.next_category_on)),
                 next_category_on = case when r.category <> membership.category_on(@today, m.category, m.next_category, m.next_category_on)
                                         then case when r.category = m.next_category then m.next_category_on else @january end end
            from rows r where r.id = m.id and not r.is_new)
        insert into membership.member (id, number, kind, name, category, street, postal_code, town, country, joined_on, left_on, notice_received_on, language,
          email, phone,
                                       no_post, iban, mandate_reference, mandate_signed_on, payment_route, buyer_reference, remark)
        select id, number, kind, name, category, street, postal_code, town, country, joined_on, left_on, notice_received_on, language, email, phone,
               no_post, iban, mandate_reference, mandate_signed_on, payment_route, buyer_reference, remark
          from rows where is_new
        """;

    public const string Inputs = """
        insert into membership.input_value (id, member_id, measure, value, as_of, source, source_note, recorded_at, accepted_for_year, accepted_by,
          accepted_by_name, accepted_at)
        select id, member_id, measure, value, as_of, 'list', source_note, @now, @year, @by, @byName, @now
          from jsonb_to_recordset(@rows::jsonb) as r(id uuid, member_id uuid, measure text, value int, as_of date, source_note text)
        on conflict (member_id, measure, as_of) do update set value = excluded.value, source = excluded.source, source_note = excluded.source_note,
          recorded_at = excluded.recorded_at,
           accepted_for_year = excluded.accepted_for_year, accepted_by = excluded.accepted_by, accepted_by_name = excluded.accepted_by_name,
             accepted_at = excluded.accepted_at
        """;

    public const string Dues = """
        insert into membership.prior_dues (member_id, year, amount)
        select member_id, year, amount from jsonb_to_recordset(@rows::jsonb) as r(member_id uuid, year int, amount numeric)
        on conflict (member_id, year) do update set amount = excluded.amount
        """;

    /// <summary>Who held a function until now held it until yesterday; who got it only today never had it.</summary>
    public const string EndFunctions = """
        with rows as (select distinct member_id, kind from jsonb_to_recordset(@rows::jsonb) as r(member_id uuid, kind text)
          where kind in ('contact', 'deputy')),
        never as (
          delete from membership.contact_function f using rows r
           where f.member_id = r.member_id and f.kind = r.kind and f.valid_from >= @today and (f.valid_to is null or f.valid_to >= @today))
        update membership.contact_function f set valid_to = @today - 1
          from rows r
         where f.member_id = r.member_id and f.kind = r.kind and (f.valid_from is null or f.valid_from < @today)
           and (f.valid_to is null or f.valid_to >= @today)
        """;

    public const string Contacts = """
        insert into membership.contact (id, member_id, name, email, phone)
        select id, member_id, name, email, phone from jsonb_to_recordset(@rows::jsonb) as r(id uuid, member_id uuid, name text, email text, phone text)
        """;

    public const string Functions = """
        insert into membership.contact_function (id, contact_id, member_id, kind, title, valid_from)
        select id, contact_id, member_id, kind, title, valid_from
          from jsonb_to_recordset(@rows::jsonb) as r(id uuid, contact_id uuid, member_id uuid, kind text, title text, valid_from date)
        """;

    public const string Clarifications = """
        insert into membership.clarification (id, member_id, kind, text, value, source, source_row, import_id, created_at)
        select id, member_id, kind, text, value, @source, source_row, @import, @now
          from jsonb_to_recordset(@rows::jsonb) as r(id uuid, member_id uuid, kind text, text text, value text, source_row int)
        """;

    public const string RememberAfter = """
        insert into membership.import_member as m (import_id, member_id, row, changes, before, after)
        select @import, r.member_id, r.row, r.changes, null, membership.member_state(r.member_id)
          from jsonb_to_recordset(@rows::jsonb) as r(member_id uuid, row int, changes jsonb)
        on conflict (import_id, member_id) do update set row = excluded.row, changes = excluded.changes, after = excluded.after
        """;
}
