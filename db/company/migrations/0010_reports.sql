-- Reports of a company's own: layouts of lines, reports saved under a name, and what reports were sealed with when they left us.

-- Lines are judged before they are kept (report-layout.ts); a report shows what no line takes, so nothing is lost by a poor one.
create table report_layout (
  id text primary key check (id glob 'lay_*'),
  name_nb text not null unique check (length(name_nb) between 1 and 120), name_en text not null,
  statement text not null check (statement in ('income', 'balance')),
  lines text not null check (json_valid(lines)),
  version integer not null default 1,
  by text not null, recorded_at text not null
) strict, without rowid;
--> statement-breakpoint

-- Which report, and the query it is asked with; nothing of what it showed.
create table saved_report (
  id text primary key check (id glob 'rep_*'),
  name text not null check (length(name) between 1 and 120),
  report text not null, query text not null check (json_valid(query)),
  shared integer not null default 0 check (shared in (0, 1)),  -- seen by everyone who reads reports, else by its owner alone
  owner text not null,
  version integer not null default 1, recorded_at text not null,
  unique (owner, name)
) strict, without rowid;
--> statement-breakpoint

-- The register of reports taken out. The hash is over the figures and what they were drawn from, so the ledger can always be
-- asked again whether it gives them.
create table report_seal (
  hash text primary key check (length(hash) = 64),
  report text not null, query text not null check (json_valid(query)),
  at_version integer not null check (at_version >= 0), chain_head text,
  by text not null, recorded_at text not null
) strict, without rowid;
--> statement-breakpoint
create trigger report_seal_is_final before update on report_seal begin select raise(abort, 'report-seal/is-final'); end;
--> statement-breakpoint
create trigger report_seal_is_kept before delete on report_seal begin select raise(abort, 'report-seal/is-final'); end;
