-- What stands on what the company sends: where it is, how to reach it, its bank accounts and logo. One row.
create table company_profile (
  one integer primary key check (one = 1),
  address text, postal_code text, city text, country text check (country glob '[A-Z][A-Z]'),
  email text, phone text, website text,
  sender_email text,                                             -- who e-mails to customers come from
  bank_accounts text not null default '[]' check (json_valid(bank_accounts)), -- [{ number, name, account }]
  logo_type text check (logo_type in ('image/png', 'image/jpeg', 'image/webp')),
  logo text, logo_sha256 text,                                   -- base64
  version integer not null default 1,
  check ((logo is null) = (logo_type is null) and (logo is null) = (logo_sha256 is null))
) strict;
--> statement-breakpoint
insert into company_profile (one) values (1);
--> statement-breakpoint
create trigger company_profile_is_kept before delete on company_profile begin select raise(abort, 'company/one-per-database'); end;
--> statement-breakpoint

-- What a party's vouchers carry unless one says otherwise, and the people one talks to there.
alter table party add column default_dimensions text check (default_dimensions is null or json_valid(default_dimensions));
--> statement-breakpoint
create trigger party_defaults_changed after update of default_account, default_vat_code, payment_terms_days, default_dimensions on party
begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create table contact (
  id text primary key check (id glob 'con_*'),
  party_kind text not null, party text not null,
  name text not null check (length(name) between 1 and 256),
  role text, email text, phone text,
  active integer not null default 1 check (active in (0, 1)),
  version integer not null default 1, created_at text not null,
  foreign key (party_kind, party) references party (kind, number)
) strict, without rowid;
--> statement-breakpoint
create index contact_party on contact (party_kind, party);
--> statement-breakpoint
create trigger contact_stays before update of id, party_kind, party on contact
begin select raise(abort, 'contact/stays') where new.id <> old.id or new.party_kind <> old.party_kind or new.party <> old.party; end;
--> statement-breakpoint

-- Values of a numbered dimension (projects) get the next number when none is given; a number is never given twice, nor a value taken away.
create table dimension_series (
  dimension text primary key references dimension (key),
  prefix text not null default '', digits integer not null default 4 check (digits between 1 and 9),
  last_number integer not null default 0 check (last_number >= 0)
) strict, without rowid;
--> statement-breakpoint
insert into dimension_series (dimension) select key from dimension where key = 'project';
--> statement-breakpoint
create trigger projects_are_numbered after insert on dimension when new.key = 'project'
begin insert into dimension_series (dimension) values (new.key); end;
--> statement-breakpoint
create trigger dimension_series_only_grows before update of last_number on dimension_series
begin select raise(abort, 'dimension/number-reused') where new.last_number < old.last_number; end;
--> statement-breakpoint
create trigger dimension_value_is_kept before delete on dimension_value begin select raise(abort, 'dimension/is-kept'); end;
--> statement-breakpoint
create trigger dimension_value_keeps_its_code before update of dimension, code on dimension_value
begin select raise(abort, 'dimension/is-kept') where new.dimension <> old.dimension or new.code <> old.code; end;
--> statement-breakpoint
create trigger dimension_renamed after update on dimension begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
-- The value an account's lines get where one types, until one says otherwise.
create table dimension_default (
  account text not null references account (number), dimension text not null, value text not null,
  primary key (account, dimension), foreign key (dimension, value) references dimension_value (dimension, code)
) strict, without rowid;
--> statement-breakpoint
create trigger dimension_default_added after insert on dimension_default begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger dimension_default_changed after update on dimension_default begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger dimension_default_removed after delete on dimension_default begin update company set facts_version = facts_version + 1; end;
