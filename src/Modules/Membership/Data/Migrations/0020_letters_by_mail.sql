-- A serial letter may leave by its members' ways, mail or paper, instead of being one file for the printer (docs/decisions/0031).
alter table membership.serial_letter add column by_delivery boolean not null default false;
