-- Dated rates of foreign currencies. A row may be put right; the event feed keeps what it was. What was posted keeps its own rate.
create table currency_rate (
  currency text not null check (currency glob '[A-Z][A-Z][A-Z]' and currency <> 'NOK'),
  rate_date text not null check (rate_date glob '????-??-??'),
  rate text not null check (rate not glob '*[^0-9.]*' and cast(rate as real) > 0), -- NOK per unit, a plain decimal
  unit integer not null check (unit in (1, 100)),
  source text not null check (source in ('norges-bank', 'manual')),
  by text not null, recorded_at text not null,
  primary key (currency, rate_date)
) strict, without rowid;
--> statement-breakpoint
create trigger currency_rate_is_kept before delete on currency_rate
begin select raise(abort, 'currency-rate/is-kept'); end;
--> statement-breakpoint

-- Vouchers that carry open items at the rate of a day; each is reversed on another day, as a rule the next.
create table currency_revaluation (
  voucher_id text primary key references voucher (id) deferrable initially deferred,
  revaluation_date text not null check (revaluation_date glob '????-??-??'),
  reversal_date text not null check (reversal_date > revaluation_date),
  by text not null, recorded_at text not null
) strict, without rowid;
--> statement-breakpoint
create trigger currency_revaluation_is_final before update on currency_revaluation
begin select raise(abort, 'voucher/already-posted'); end;
--> statement-breakpoint
create trigger currency_revaluation_is_kept before delete on currency_revaluation
begin select raise(abort, 'voucher/already-posted'); end;
