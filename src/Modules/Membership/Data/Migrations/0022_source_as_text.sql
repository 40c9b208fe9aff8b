-- Where an imported value comes from is kept as a text with its values (StoredText) and said in the reader's language; what a person types has at most 300.
alter table membership.input_value drop constraint input_value_source_note_check;
alter table membership.input_value add constraint input_value_source_note_check check (length(source_note) <= 700);
