-- A payment or credit note that nothing settles, and that somebody decided stays open: it is not asked about again.
create table item_kept_open (
  ledger_version integer not null, line integer not null,
  by text not null, at text not null,
  primary key (ledger_version, line),
  foreign key (ledger_version, line) references open_item (ledger_version, line)
) strict, without rowid;
--> statement-breakpoint
-- Why a figure of a SAF-T file and ours differ, in somebody's words. `difference` says which: kind, account, party, code and period.
create table import_explanation (
  import_job text not null references import_job (id),
  difference text not null,
  text text not null check (length(text) between 1 and 1000),
  by text not null, at text not null,
  primary key (import_job, difference)
) strict, without rowid;
--> statement-breakpoint
-- Finished: looked over and found to agree, or explained where it does not.
alter table import_job add column agreed_at text;
--> statement-breakpoint
alter table import_job add column agreed_by text;
--> statement-breakpoint
alter table import_job add column agreed_version integer;
