-- The ledger of one company. Every table is STRICT; what is posted can neither change nor go.
-- Codes raised by triggers are the codes of the rules in worker/, so the database says the same as the checks before it.

-- One row: whose books these are, and the version of the facts that posting rests on.
create table company (
  id text primary key check (id glob 'cmp_*'),
  name text not null check (length(name) between 1 and 256),
  organisation_number text check (organisation_number glob '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  currency text not null default 'NOK' check (length(currency) = 3),
  vat_registered integer not null check (vat_registered in (0, 1)),
  reverse_charge_liable integer not null default 0 check (reverse_charge_liable in (0, 1)),
  vat_amount_limit integer not null default 100 check (vat_amount_limit >= 0), -- øre
  match_difference_limit integer not null default 100 check (match_difference_limit >= 0), -- øre
  cut_over_date text check (cut_over_date glob '????-??-??'),
  modules text not null default '["ledger","dimensions"]' check (json_valid(modules)),
  facts_version integer not null default 1,
  version integer not null default 1,
  created_at text not null
) strict;
--> statement-breakpoint
create trigger company_stands_alone before insert on company
begin select raise(abort, 'company/one-per-database') where exists (select 1 from company); end;
--> statement-breakpoint
create trigger company_is_kept before delete on company begin select raise(abort, 'company/one-per-database'); end;
--> statement-breakpoint

create table fiscal_year (
  year integer primary key,                                    -- the year its number series belong to
  first_date text not null check (first_date glob '????-??-??'),
  last_date text not null check (last_date glob '????-??-??'),
  check (first_date <= last_date)
) strict;
--> statement-breakpoint
create trigger fiscal_year_does_not_overlap before insert on fiscal_year
begin
  select raise(abort, 'fiscal-year/overlaps')
   where exists (select 1 from fiscal_year y where new.first_date <= y.last_date and new.last_date >= y.first_date);
end;
--> statement-breakpoint

-- A period is a calendar month. Level: open, soft (with a reason), hard (nobody).
create table period (
  month text primary key check (month glob '????-??'),
  year integer not null references fiscal_year (year),
  level text not null default 'open' check (level in ('open', 'soft', 'hard'))
) strict, without rowid;
--> statement-breakpoint

-- What was locked or opened, when, why and by whom. The hash seals the period's entries at that ledger version.
create table period_lock (
  id text primary key,
  from_month text not null, to_month text not null check (from_month <= to_month),
  level text not null check (level in ('open', 'soft', 'hard')),
  reason text not null, by text not null, recorded_at text not null,
  ledger_version integer not null, hash text not null,
  differences text check (differences is null or json_valid(differences)) -- on opening: the vouchers since the seal before
) strict;
--> statement-breakpoint

create table account (
  number text primary key check (length(number) between 1 and 70),
  name_nb text not null, name_en text not null,
  type text not null check (type in ('asset', 'equity', 'liability', 'income', 'expense')),
  control text check (control in ('customer', 'supplier')),     -- a control account's entries need a party of this kind
  default_vat_code text, vat_code_required integer not null default 0 check (vat_code_required in (0, 1)),
  allowed_vat_codes text check (allowed_vat_codes is null or json_valid(allowed_vat_codes)), -- null: those of its direction
  grouping_category text, grouping_code text,                   -- SAF-T, næringsspesifikasjon
  external_number text,                                         -- in the system it was taken over from
  closed_from text check (closed_from glob '????-??-??'),
  version integer not null default 1
) strict, without rowid;
--> statement-breakpoint

create table vat_code (
  code text primary key,
  name_nb text not null, name_en text not null,
  direction text not null check (direction in ('output', 'input', 'reverse', 'none')),
  rate_class text, deductible integer not null check (deductible in (0, 1)),
  output_account text references account (number), input_account text references account (number),
  valid_from text, valid_to text,
  specifications text not null default '[]' check (json_valid(specifications)),
  version integer not null default 1
) strict, without rowid;
--> statement-breakpoint
create table vat_rate (
  rate_class text not null, valid_from text not null, rate integer not null check (rate between 0 and 10000), -- basis points
  primary key (rate_class, valid_from)
) strict, without rowid;
--> statement-breakpoint

create table voucher_type (
  key text primary key, series text not null unique check (length(series) between 1 and 8),
  name_nb text not null, name_en text not null,
  active integer not null default 1 check (active in (0, 1)), version integer not null default 1
) strict, without rowid;
--> statement-breakpoint

create table dimension (
  key text primary key, name_nb text not null, name_en text not null, position integer not null
) strict, without rowid;
--> statement-breakpoint
create table dimension_value (
  dimension text not null references dimension (key), code text not null check (code <> 'none'),
  name text not null, closed_from text check (closed_from glob '????-??-??'), version integer not null default 1,
  primary key (dimension, code)
) strict, without rowid;
--> statement-breakpoint
create table dimension_rule (
  account text not null references account (number), dimension text not null references dimension (key),
  rule text not null check (rule in ('required', 'forbidden')),
  primary key (account, dimension)
) strict, without rowid;
--> statement-breakpoint

create table party (
  kind text not null check (kind in ('customer', 'supplier')),
  number text not null check (length(number) between 1 and 35),
  name text not null check (length(name) between 1 and 256),
  organisation_number text, control_account text not null references account (number),
  address text, postal_code text, city text, country text, email text, phone text,
  bank_account text, payment_terms_days integer, default_account text, default_vat_code text,
  external_number text, active integer not null default 1 check (active in (0, 1)),
  version integer not null default 1, created_at text not null,
  primary key (kind, number)
) strict, without rowid;
--> statement-breakpoint
create index party_organisation_number on party (organisation_number) where organisation_number is not null;
--> statement-breakpoint

-- Something brought in from outside, whole: a SAF-T file, a sheet. Everything it made points here.
create table import_job (
  id text primary key, kind text not null, file_name text, file_sha256 text not null, file_size integer not null,
  by text not null, recorded_at text not null, receipt text check (receipt is null or json_valid(receipt))
) strict;
--> statement-breakpoint

-- A row here is a posted voucher. Its place in the company's one chain is its ledger version, from 1.
create table voucher (
  ledger_version integer primary key check (ledger_version > 0),
  id text not null unique check (id glob 'vch_*'),
  type text not null references voucher_type (key),
  series text not null, fiscal_year integer not null references fiscal_year (year), number integer not null check (number > 0),
  voucher_date text not null check (voucher_date glob '????-??-??'),
  document_date text not null check (document_date glob '????-??-??'),
  vat_date text not null check (vat_date glob '????-??-??'),
  text text not null,
  recorded_at text not null, by text not null,
  entry_count integer not null check (entry_count >= 2),
  reversal_of text references voucher (id), reason text,
  import_job text references import_job (id), external_id text,
  facts_version integer not null,
  content text,                                                  -- the draft as typed, canonical; null for booked imports
  content_hash text not null check (length(content_hash) = 64),
  prev_hash text not null check (length(prev_hash) = 64), hash text not null check (length(hash) = 64),
  unique (series, fiscal_year, number)
) strict;
--> statement-breakpoint
create unique index voucher_reversed_once on voucher (reversal_of) where reversal_of is not null;
--> statement-breakpoint
create index voucher_recorded on voucher (recorded_at);
--> statement-breakpoint
create index voucher_dated on voucher (voucher_date);
--> statement-breakpoint
create index voucher_opening on voucher (voucher_date) where type = 'opening-balance';
--> statement-breakpoint
create index voucher_external on voucher (external_id) where external_id is not null;
--> statement-breakpoint

-- What was booked. Amounts in øre, debit +, credit −. Ordered as the chain, so the newest are together.
create table entry (
  ledger_version integer not null references voucher (ledger_version) deferrable initially deferred,
  line integer not null check (line > 0),
  row_key text not null,
  origin text not null check (origin in ('line', 'vat')),
  voucher_date text not null,                                    -- the voucher's; kept here for the account index
  account text not null references account (number),
  party_kind text, party text,
  amount integer not null check (abs(amount) < 9000000000000000),
  vat_code text references vat_code (code), vat_rate integer,     -- rate in basis points; null: outside the VAT report
  vat_side text check (vat_side in ('output', 'input', 'cost')),  -- of a VAT entry
  vat_specification text, vat_amount_reason text, vat_overridden integer not null default 0 check (vat_overridden in (0, 1)),
  dimensions text check (dimensions is null or json_valid(dimensions)),
  text text not null,
  currency text, currency_amount integer, rate text, rate_unit integer, rate_source text,
  quantity text, invoice_number text, due_date text, payment_reference text,
  primary key (ledger_version, line),
  foreign key (party_kind, party) references party (kind, number),
  check ((party is null) = (party_kind is null)),
  check ((origin = 'vat') = (vat_side is not null))
) strict, without rowid;
--> statement-breakpoint
create index entry_account on entry (account, voucher_date, amount);
--> statement-breakpoint
create index entry_party on entry (party_kind, party, account, voucher_date) where party is not null;
--> statement-breakpoint
create index entry_invoice on entry (party_kind, party, invoice_number) where invoice_number is not null;
--> statement-breakpoint

-- Highest number of each series and year, kept by the voucher's own trigger: a number can neither be skipped nor used twice.
create table number_series (
  series text not null, fiscal_year integer not null, last_number integer not null,
  primary key (series, fiscal_year)
) strict, without rowid;
--> statement-breakpoint

-- Kept in the posting batch: what each account moved in each month; the same by party and by dimension value.
create table balance (
  account text not null, month text not null,
  debit integer not null check (debit >= 0), credit integer not null check (credit >= 0),
  primary key (account, month)
) strict, without rowid;
--> statement-breakpoint
create table party_balance (
  party_kind text not null, party text not null, account text not null, month text not null,
  debit integer not null check (debit >= 0), credit integer not null check (credit >= 0),
  primary key (party_kind, party, account, month)
) strict, without rowid;
--> statement-breakpoint
create table dimension_balance (
  dimension text not null, value text not null, account text not null, month text not null,
  debit integer not null check (debit >= 0), credit integer not null check (credit >= 0),
  primary key (dimension, value, account, month)
) strict, without rowid;
--> statement-breakpoint

-- Everything that happened, in order and without holes: the feed of integrators and the audit trail.
create table event (
  sequence integer primary key check (sequence > 0),
  type text not null, recorded_at text not null, by text not null,
  ledger_version integer not null, subject text not null,
  touched text check (touched is null or json_valid(touched)),   -- accounts, periods, dimensions
  changes text check (changes is null or json_valid(changes))    -- field: [old, new]
) strict;
--> statement-breakpoint

-- The answer to a batch request with an Idempotency-Key, kept for 30 days. A voucher's own id needs no row here.
create table request_key (
  key text primary key check (length(key) <= 128), request_hash text not null, status integer not null,
  answer text not null check (json_valid(answer)), recorded_at text not null
) strict, without rowid;
