-- Copies of companies in the bucket, what the hourly check of each found, and each day's heads kept apart from the books they tell of.

-- A restored company goes on with the chain it was restored with, which was computed under the first one's id.
alter table company add column books text;
--> statement-breakpoint
create table backup (
  id text primary key check (id glob 'bkp_*'), company text not null references company (id),
  object_key text not null unique, size integer not null, sha256 text not null check (length(sha256) = 64),
  ledger_version integer not null, chain_head text not null,
  kind text not null check (kind in ('scheduled', 'asked', 'uploaded')), by text not null, recorded_at text not null
) strict;
--> statement-breakpoint
create index backup_company on backup (company, recorded_at);
--> statement-breakpoint
create table verification (
  company text not null references company (id), recorded_at text not null,
  whole integer not null check (whole in (0, 1)),                 -- the file and the whole chain, not only what is new
  ok integer not null check (ok in (0, 1)), ledger_version integer not null, chain_head text not null,
  findings text not null check (json_valid(findings)),            -- the checks that do not hold
  primary key (company, recorded_at)
) strict, without rowid;
--> statement-breakpoint
create table head_anchor (
  day text not null check (day glob '????-??-??'), company text not null references company (id),
  ledger_version integer not null, chain_head text not null,
  primary key (company, day)
) strict, without rowid;
--> statement-breakpoint
create trigger head_anchor_is_final before update on head_anchor begin select raise(abort, 'head-anchor/final'); end;
--> statement-breakpoint
create trigger head_anchor_is_kept before delete on head_anchor begin select raise(abort, 'head-anchor/final'); end;
