-- The general ledger of the system a company came from, kept as it was and never booked: no report of this ledger reads it.
-- A ledger is written while it is open, then sealed with a hash of all it holds; from then on nothing of it changes. One that
-- was brought in by mistake is removed whole, with a reason, and leaves its row with the hash behind.
create table old_ledger (
  id text primary key check (id glob 'imp_*'),                  -- also of its import_job, whose file it is
  name text not null check (length(name) between 1 and 255),
  source text not null check (source in ('saft', 'sheet')),
  file_sha256 text not null, file_size integer not null,
  from_date text check (from_date glob '????-??-??'), to_date text check (to_date glob '????-??-??'),
  entries integer not null default 0, debit integer not null default 0, credit integer not null default 0, -- øre
  hash text check (length(hash) = 64),                          -- SHA-256 of all it holds; null while it is written
  by text not null, at text not null,
  removed_at text, removed_by text, reason text,
  check ((removed_at is null) = (removed_by is null) and (removed_at is null) = (reason is null))
) strict, without rowid;
--> statement-breakpoint
create table old_account (
  ledger text not null references old_ledger (id), number text not null, name text not null,
  opening integer not null default 0, closing integer not null default 0, -- as the file states them, in øre
  primary key (ledger, number)
) strict, without rowid;
--> statement-breakpoint
create table old_party (
  ledger text not null references old_ledger (id), kind text not null check (kind in ('customer', 'supplier')),
  number text not null, name text not null, organisation_number text,
  primary key (ledger, kind, number)
) strict, without rowid;
--> statement-breakpoint
create table old_entry (
  ledger text not null references old_ledger (id), line integer not null,
  account text not null, entry_date text not null check (entry_date glob '????-??-??'), voucher text not null,
  text text not null, amount integer not null,                  -- øre, debit positive; texts whole
  party_kind text check (party_kind in ('customer', 'supplier')), party text,
  invoice_number text, payment_reference text, due_date text, vat_code text, currency text, currency_amount text,
  check ((party_kind is null) = (party is null)),
  primary key (ledger, line)
) strict, without rowid;
--> statement-breakpoint
create index old_entry_account on old_entry (account, entry_date);
--> statement-breakpoint
create index old_entry_party on old_entry (party_kind, party, entry_date) where party is not null;
--> statement-breakpoint
create index old_entry_date on old_entry (entry_date, ledger, line);
--> statement-breakpoint

create trigger old_ledger_is_sealed before update on old_ledger when old.hash is not null
begin
  select raise(abort, 'old-ledger/sealed') where old.removed_at is not null or new.removed_at is null
    or (new.id, new.name, new.source, new.file_sha256, new.file_size, new.entries, new.debit, new.credit, new.hash, new.by, new.at)
       is not (old.id, old.name, old.source, old.file_sha256, old.file_size, old.entries, old.debit, old.credit, old.hash, old.by, old.at);
end;
--> statement-breakpoint
create trigger old_ledger_stays before delete on old_ledger when old.hash is not null
begin select raise(abort, 'old-ledger/sealed'); end;
--> statement-breakpoint
create trigger old_entry_before_seal before insert on old_entry
  when (select hash from old_ledger where id = new.ledger) is not null
begin select raise(abort, 'old-ledger/sealed'); end;
--> statement-breakpoint
create trigger old_entry_is_sealed before update on old_entry
begin select raise(abort, 'old-ledger/sealed'); end;
--> statement-breakpoint
create trigger old_entry_stays before delete on old_entry
  when exists (select 1 from old_ledger where id = old.ledger and hash is not null and removed_at is null)
begin select raise(abort, 'old-ledger/sealed'); end;
--> statement-breakpoint
create trigger old_account_before_seal before insert on old_account
  when (select hash from old_ledger where id = new.ledger) is not null
begin select raise(abort, 'old-ledger/sealed'); end;
--> statement-breakpoint
create trigger old_account_is_sealed before update on old_account
begin select raise(abort, 'old-ledger/sealed'); end;
--> statement-breakpoint
create trigger old_account_stays before delete on old_account
  when exists (select 1 from old_ledger where id = old.ledger and hash is not null and removed_at is null)
begin select raise(abort, 'old-ledger/sealed'); end;
--> statement-breakpoint
create trigger old_party_before_seal before insert on old_party
  when (select hash from old_ledger where id = new.ledger) is not null
begin select raise(abort, 'old-ledger/sealed'); end;
--> statement-breakpoint
create trigger old_party_is_sealed before update on old_party
begin select raise(abort, 'old-ledger/sealed'); end;
--> statement-breakpoint
create trigger old_party_stays before delete on old_party
  when exists (select 1 from old_ledger where id = old.ledger and hash is not null and removed_at is null)
begin select raise(abort, 'old-ledger/sealed'); end;
--> statement-breakpoint

-- The register that a sheet of the old ledger is brought into; a table's check cannot be changed where it stands.
create table sheet_import_next (
  id text primary key check (id glob 'imp_*'),
  register text not null check (register in ('chart', 'customers', 'suppliers', 'dimensions', 'balances', 'open-items', 'movements',
    'comparison', 'vouchers', 'budget', 'old-ledger')),
  file_name text, file_key text not null, file_sha256 text not null, file_size integer not null,
  choices text not null check (json_valid(choices)),
  tried text,
  state text not null default 'open' check (state in ('open', 'done', 'undone')),
  steps text check (steps is null or json_valid(steps)),
  by text not null, at text not null, undone_by text, undone_at text,
  version integer not null default 1,
  check ((state = 'undone') = (undone_at is not null))
) strict, without rowid;
--> statement-breakpoint
insert into sheet_import_next select * from sheet_import;
--> statement-breakpoint
drop table sheet_import;
--> statement-breakpoint
alter table sheet_import_next rename to sheet_import;
--> statement-breakpoint
create index sheet_import_open on sheet_import (at) where state = 'open';
--> statement-breakpoint
create trigger sheet_import_tried before update of state on sheet_import when new.state = 'done' and old.state = 'open'
begin
  select raise(abort, 'import/not-tried') where new.tried is null;
end;
--> statement-breakpoint
create trigger sheet_import_undone_once before update of state on sheet_import
  when not ((old.state = 'open' and new.state = 'done') or (old.state = 'done' and new.state = 'undone') or old.state = new.state)
begin
  select raise(abort, 'import/already-undone');
end;
--> statement-breakpoint
-- Where the file of an import lies; null for the place named by its id.
alter table import_job add column file_key text;
