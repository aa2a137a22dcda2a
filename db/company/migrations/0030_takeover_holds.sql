-- A limit is for what is new: a draft or a layout that stands is changed by the same insert, and may be.
drop trigger drafts_have_a_limit;
--> statement-breakpoint
create trigger drafts_have_a_limit before insert on voucher_draft when not exists (select 1 from voucher_draft where id = new.id)
begin select raise(abort, 'limit/reached') where (select count(*) from voucher_draft where deleted_at is null) >= 5000; end;
--> statement-breakpoint
create index voucher_draft_open on voucher_draft (id) where deleted_at is null;
--> statement-breakpoint
drop trigger screen_layouts_have_a_limit;
--> statement-breakpoint
create trigger screen_layouts_have_a_limit before insert on screen_layout when not exists (select 1 from screen_layout where id = new.id)
begin select raise(abort, 'limit/reached') where (select count(*) from screen_layout where owner = new.owner) >= 500; end;
--> statement-breakpoint

-- The import whose file it is, where that has another id. Each try at keeping a ledger has an id of its own.
alter table old_ledger add column import_job text;
--> statement-breakpoint
-- A file is kept once. Of those that were kept twice at the same moment, the first stays.
update old_ledger set removed_at = at, removed_by = by, reason = 'Samme fil'
 where hash is not null and removed_at is null and exists (select 1 from old_ledger o
   where o.file_sha256 = old_ledger.file_sha256 and o.hash is not null and o.removed_at is null and o.id < old_ledger.id);
--> statement-breakpoint
delete from old_entry where ledger in (select id from old_ledger where removed_at is not null);
--> statement-breakpoint
delete from old_account where ledger in (select id from old_ledger where removed_at is not null);
--> statement-breakpoint
delete from old_party where ledger in (select id from old_ledger where removed_at is not null);
--> statement-breakpoint
create unique index old_ledger_file on old_ledger (file_sha256) where hash is not null and removed_at is null;
--> statement-breakpoint
create index old_party_organisation on old_party (organisation_number) where organisation_number is not null;
--> statement-breakpoint

-- A switch may be of several files, each with an object of its own. `mapping`: which account each of theirs became, and why, as it was
-- booked.
alter table saft_switch rename to saft_switch_before;
--> statement-breakpoint
create table saft_switch (
  id text primary key check (id glob 'imp_*'),
  file_name text, file_sha256 text not null,                     -- of several files, of their hashes
  found text not null check (json_valid(found)),                 -- files, accounts, parties and analysis types
  answers text not null default '{}' check (json_valid(answers)),
  mapping text check (mapping is null or json_valid(mapping)),
  import_job text,                                               -- what it was booked as; null until then
  version integer not null default 1, by text not null, at text not null
) strict, without rowid;
--> statement-breakpoint
insert into saft_switch (id, file_name, file_sha256, found, answers, import_job, version, by, at)
select id, file_name, file_sha256, found, answers, import_job, version, by, at from saft_switch_before s
 where import_job is not null or not exists (select 1 from saft_switch_before o
   where o.file_sha256 = s.file_sha256 and o.import_job is null and o.id < s.id);
--> statement-breakpoint
create unique index saft_switch_open on saft_switch (file_sha256) where import_job is null;
--> statement-breakpoint
create table saft_switch_file (
  id text primary key check (id glob 'imp_*'),
  switch text not null references saft_switch (id) on delete cascade,
  file_name text, file_key text not null, file_size integer not null
) strict, without rowid;
--> statement-breakpoint
create index saft_switch_file_of on saft_switch_file (switch);
--> statement-breakpoint
insert into saft_switch_file (id, switch, file_name, file_key, file_size)
select id, id, file_name, file_key, file_size from saft_switch_before where id in (select id from saft_switch);
--> statement-breakpoint
drop table saft_switch_before;
