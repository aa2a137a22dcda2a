-- What a line's script posts in other months (features.md LED-13, LED-14): months that are posted point at their vouchers, the
-- others wait for their fiscal year.

create table schedule (
  id text primary key check (id glob 'sch_*'),                   -- follows from the source voucher, the row and the kind
  source text not null references voucher (id),
  row_key text not null, kind text not null check (kind in ('accrual', 'depreciation', 'repeat')),
  script text not null, text text not null,
  account text references account (number),                       -- what is spread over the months
  through text references account (number),                       -- the balance account it is taken from; neither for a repeat
  amount integer not null check (abs(amount) < 9000000000000000), -- øre; the sum of its months
  unique (source, row_key, kind)
) strict, without rowid;
--> statement-breakpoint
create table schedule_month (
  schedule text not null references schedule (id) deferrable initially deferred,
  month text not null check (month glob '????-??'),
  amount integer not null check (abs(amount) < 9000000000000000),
  voucher_date text not null check (voucher_date glob '????-??-??'),
  draft text check (draft is null or json_valid(draft)),          -- what will be posted; null when it was posted at once
  voucher text references voucher (id),
  dropped_at text, dropped_by text,                               -- will not be posted: its source or its plan was reversed
  primary key (schedule, month),
  check (voucher is null or dropped_at is null), check (voucher is not null or draft is not null),
  check ((dropped_at is null) = (dropped_by is null))
) strict, without rowid;
--> statement-breakpoint
create unique index schedule_month_voucher on schedule_month (voucher) where voucher is not null;
--> statement-breakpoint
create index schedule_month_waits on schedule_month (voucher_date) where voucher is null and dropped_at is null;
--> statement-breakpoint

-- The months stand before their schedule, so that it can be seen to be whole.
create trigger schedule_is_whole before insert on schedule
begin
  select raise(abort, 'schedule/incomplete')
   where (select sum(amount) from schedule_month where schedule = new.id) is not new.amount;
end;
--> statement-breakpoint
create trigger schedule_month_comes_first before insert on schedule_month
begin select raise(abort, 'schedule/is-final') where exists (select 1 from schedule where id = new.schedule); end;
--> statement-breakpoint
create trigger schedule_is_final before update on schedule begin select raise(abort, 'schedule/is-final'); end;
--> statement-breakpoint
create trigger schedule_is_kept before delete on schedule begin select raise(abort, 'schedule/is-final'); end;
--> statement-breakpoint
create trigger schedule_month_is_kept before delete on schedule_month begin select raise(abort, 'schedule/is-final'); end;
--> statement-breakpoint
-- A month that waits is posted once or dropped once, and nothing else about it changes.
create trigger schedule_month_is_final before update on schedule_month
begin
  select raise(abort, 'schedule/is-final')
   where old.voucher is not null or old.dropped_at is not null
      or new.schedule <> old.schedule or new.month <> old.month or new.amount <> old.amount
      or new.voucher_date <> old.voucher_date or new.draft is not old.draft;
  select raise(abort, 'schedule/source-reversed')
   where new.voucher is not null
     and exists (select 1 from voucher r join schedule s on r.reversal_of = s.source where s.id = new.schedule);
end;
--> statement-breakpoint

-- Shares over the values of a dimension, under a short code (FORDEL).
create table split_key (
  code text primary key check (length(code) between 1 and 35), name text not null check (length(name) between 1 and 100),
  dimension text not null references dimension (key),
  shares text not null check (json_valid(shares)),                -- [[value, weight], …]; weights are whole numbers
  active integer not null default 1 check (active in (0, 1)), version integer not null default 1
) strict, without rowid;
--> statement-breakpoint
create trigger split_key_added after insert on split_key begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger split_key_changed after update on split_key begin update company set facts_version = facts_version + 1; end;
