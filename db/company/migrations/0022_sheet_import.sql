-- A sheet being brought in: the file as it was given, what was chosen of how it is read, and once it is done what takes it back.
-- Its receipt is the import_job of the same id.
create table sheet_import (
  id text primary key check (id glob 'imp_*'),
  register text not null check (register in ('chart', 'customers', 'suppliers', 'dimensions', 'balances', 'open-items', 'vouchers', 'budget')),
  file_name text, file_key text not null, file_sha256 text not null, file_size integer not null,
  choices text not null check (json_valid(choices)),
  tried text,                                                    -- digest of what the dry run that passed was made of
  state text not null default 'open' check (state in ('open', 'done', 'undone')),
  steps text check (steps is null or json_valid(steps)),         -- what was done, so that it can be undone
  by text not null, at text not null, undone_by text, undone_at text,
  version integer not null default 1,
  check ((state = 'undone') = (undone_at is not null))
) strict, without rowid;
--> statement-breakpoint
create index sheet_import_open on sheet_import (at) where state = 'open';
--> statement-breakpoint

-- An import opens only after a dry run of the very same reading has passed.
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

-- What a source's columns were taken to mean, by the shape of its headings and never by its content.
create table column_mapping (
  source text primary key, register text not null, columns text not null check (json_valid(columns)),
  answers text not null check (json_valid(answers)), version integer not null default 1, by text not null, at text not null
) strict, without rowid;
--> statement-breakpoint
create index column_mapping_register on column_mapping (register);
