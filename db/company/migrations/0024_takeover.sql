-- How the company takes its books over from another system. One row at most: variant, days, the accounts that hold customers and
-- suppliers until the cut-over, and the sheet of movements as it was filled in. What it booked stands in the ledger.

create table takeover (
  id integer primary key check (id = 1),
  variant text not null check (variant in ('opening', 'movements')),
  opening_date text not null check (opening_date glob '????-??-??'),
  cut_over_date text not null check (cut_over_date glob '????-??-??'),
  interim_customers text not null references account (number),
  interim_suppliers text not null references account (number),
  in_total integer not null default 0 check (in_total in (0, 1)), -- movements of a year in one voucher, not of a month
  explanation text,                                              -- of what an import found to differ
  rows text not null default '[]' check (json_valid(rows)),
  kept_months text not null default '[]' check (json_valid(kept_months)), -- look cumulative, and were said to be movements
  finished_at text, finished_by text, finished_version integer,
  version integer not null default 1,
  by text not null, at text not null,
  check ((variant = 'opening') = (opening_date = cut_over_date) and opening_date <= cut_over_date),
  check (interim_customers <> interim_suppliers),
  check ((finished_at is null) = (finished_by is null) and (finished_at is null) = (finished_version is null))
) strict;
--> statement-breakpoint
-- The voucher that stands for a month's movements, and the content it was made from.
create table takeover_month (
  month text primary key check (month glob '????-??'),
  voucher text not null, content_hash text not null
) strict, without rowid;
--> statement-breakpoint
-- Who does a step of the onboarding plan, and until when. Whether it is done is read from the data.
create table onboarding_step (
  step text primary key, owner text check (length(owner) between 1 and 100), due_date text check (due_date glob '????-??-??')
) strict, without rowid;
