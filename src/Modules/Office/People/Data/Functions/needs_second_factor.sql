-- Revision 1
-- Whether somebody needs more than a password: by the rule of the role, and on the board always. Those whom a demo began with have known passwords anyway.
create or replace function identity.needs_second_factor(who uuid, its_role text) returns boolean language sql stable as $$
  select exists (select from identity.role_second_factor r where r.role = its_role)
      or (its_role = 'board'
          and not (exists (select from platform.installation i where i.kind = 'demo')
                   and exists (select from identity.person p where p.id = who and p.access_given_at is null)))
$$;
