namespace Association.Membership.Import.Applying;

/// <summary>The statements that look at an import, and those that take it back in the order in which they run.</summary>
internal static class UndoSql
{
    public const string State = "select undone_at is not null from membership.import where id = @import";

    public const string Members = "select member_id from membership.import_member where import_id = @import";

    public const string Names = "select number || ' ' || name from membership.member where id = any(@members) order by number";

    /// <summary>Locks the members, so that nothing is added to them between the look and the removal.</summary>
    public const string Lock =
        "select from membership.member where id in (select member_id from membership.import_member where import_id = @import) order by id for update";

    /// <summary>Members that do not stand as the import left them, or about whom something was settled or added since; each with what (Undo.What.*).</summary>
    public const string Edited = """
        select ((i.after -> 'member' ->> 'number') || ' ' || (i.after -> 'member' ->> 'name')) collate membership.natural as who,
               string_agg(x.what, ',' order by x.place) as what
          from membership.import_member i
         cross join lateral (values
                 (1, 'Data', membership.member_state(i.member_id) is distinct from i.after),
                 (2, 'Clarification', exists (select from membership.clarification c
                   where c.member_id = i.member_id and c.import_id = i.import_id and c.state = 'done')),
                 (3, 'Reduction', i.before is null and exists (select from membership.dues_reduction r where r.member_id = i.member_id)),
                 (4, 'Reference', i.before is null and exists (select from membership.year_references y where y.member_id = i.member_id)),
                 (5, 'Tag', i.before is null and exists (select from membership.member_tag t where t.member_id = i.member_id)),
                 (6, 'Note', i.before is null and exists (select from membership.member_note n where n.member_id = i.member_id)),
                 (7, 'File', i.before is null and exists (select from membership.member_file f where f.member_id = i.member_id)),
                 (8, 'Letter', i.before is null and (exists (select from membership.member_letter l where l.member_id = i.member_id)
                   or exists (select from membership.serial_letter_member s where s.member_id = i.member_id and s.outcome = 'letter')))
               ) x (place, what, there)
         where i.import_id = @import and x.there
         group by who order by who
        """;

    /// <summary>Rows that became no member of this import, about which somebody decided since: duplicates and refused rows.</summary>
    public const string Decided = """
        select c.source_row from membership.clarification c
         where c.import_id = @import and c.state = 'done'
           and not exists (select from membership.import_member i where i.import_id = c.import_id and i.member_id = c.member_id)
         order by c.source_row
        """;

    /// <summary>Members with a claim on them, issued or not.</summary>
    public const string Charged = """
        select m.number || ' ' || m.name from membership.import_member i join membership.member m on m.id = i.member_id
         where i.import_id = @import and i.before is null and exists (select from membership.charge c where c.member_id = i.member_id)
        """;

    public static readonly IReadOnlyList<string> Steps =
    [
        "delete from membership.clarification where import_id = @import",
        "delete from membership.member m using membership.import_member i where i.import_id = @import and i.member_id = m.id and i.before is null",
        """
            update membership.member m set
                   name = b.name, category = b.category, next_category = b.next_category, next_category_on = b.next_category_on, street = b.street,
                     postal_code = b.postal_code,
                   town = b.town, country = b.country, joined_on = b.joined_on, left_on = b.left_on, notice_received_on = b.notice_received_on,
                     language = b.language,
                   email = b.email, phone = b.phone, no_post = b.no_post, iban = b.iban, mandate_reference = b.mandate_reference,
                     mandate_signed_on = b.mandate_signed_on,
                   payment_route = b.payment_route, buyer_reference = b.buyer_reference, remark = b.remark
              from membership.import_member i, jsonb_populate_record(null::membership.member, i.before -> 'member') b
             where i.import_id = @import and i.before is not null and m.id = i.member_id
            """,
        Remove("contact_function", "functions"),
        Remove("contact", "contacts"),
        Remove("input_value", "inputs"),
        """
            delete from membership.prior_dues d using membership.import_member i
             where i.import_id = @import and i.before is not null and d.member_id = i.member_id
               and not exists (select from jsonb_array_elements(i.before -> 'dues') b where (b ->> 'year')::int = d.year)
            """,
        """
            insert into membership.contact_function (id, contact_id, member_id, kind, title, valid_from, valid_to)
            select b.id, b.contact_id, b.member_id, b.kind, b.title, b.valid_from, b.valid_to
              from membership.import_member i, jsonb_populate_recordset(null::membership.contact_function, i.before -> 'functions') b
             where i.import_id = @import and i.before is not null
            on conflict (id) do update set valid_to = excluded.valid_to
            """,
        """
            update membership.input_value v set value = b.value, source = b.source, source_note = b.source_note, recorded_at = b.recorded_at,
                   accepted_for_year = b.accepted_for_year, accepted_by = b.accepted_by, accepted_by_name = b.accepted_by_name, accepted_at = b.accepted_at
              from membership.import_member i, jsonb_populate_recordset(null::membership.input_value, i.before -> 'inputs') b
             where i.import_id = @import and i.before is not null and v.id = b.id
            """,
        """
            update membership.prior_dues d set amount = b.amount
              from membership.import_member i, jsonb_populate_recordset(null::membership.prior_dues, i.before -> 'dues') b
             where i.import_id = @import and i.before is not null and d.member_id = b.member_id and d.year = b.year
            """,
        "update membership.import set undone_at = @now, undone_by_name = @by where id = @import",
        "update membership.import_draft set import_id = null where import_id = @import",
    ];

    // What a changed member did not have before.
    private static string Remove(string table, string part) =>
        $"""
            delete from membership.{table} t using membership.import_member i
             where i.import_id = @import and i.before is not null and t.member_id = i.member_id
               and not exists (select from jsonb_array_elements(i.before -> '{part}') b where (b ->> 'id')::uuid = t.id)
            """;
}
