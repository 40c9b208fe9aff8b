-- A template may be the one for the refusal of an application, too.
alter table membership.letter_template
  drop constraint letter_template_purpose_check,
  add constraint letter_template_purpose_check check (purpose in ('welcome', 'leaving', 'staying', 'refusal'));
