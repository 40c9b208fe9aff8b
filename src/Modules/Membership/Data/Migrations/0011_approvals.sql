-- Who gave it up, when, and why the second person did not agree.
select platform.attach_approval('membership.dues_run', 'submitted');
select platform.attach_approval('membership.dues_regulation', 'submitted');
select platform.attach_approval('membership.dues_correction');
select platform.sign_withdrawn('membership.dues_correction');
create index dues_correction_of_charge on membership.dues_correction (charge_id);
-- That the second person may say why a version goes back: Functions/refuse_regulation_change.sql.
