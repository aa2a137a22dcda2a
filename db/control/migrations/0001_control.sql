-- Who may reach which company, and where its database is. No bookkeeping stands here.

create table user (
  id text primary key, email text not null unique check (email = lower(email)), name text not null,
  password_hash text, locale text not null default 'nb' check (locale in ('nb', 'en')),
  created_at text not null
) strict;
--> statement-breakpoint
create table office (id text primary key, name text not null, created_at text not null) strict;
--> statement-breakpoint
create table company (
  id text primary key check (id glob 'cmp_*'), office text references office (id),
  name text not null, organisation_number text,
  database text not null unique,                                  -- its name in the database service
  colour text not null, test integer not null default 0 check (test in (0, 1)),
  status text not null check (status in ('active', 'importing', 'failed')),
  created_at text not null
) strict;
--> statement-breakpoint
create table membership (
  user text not null references user (id), company text not null references company (id),
  role text not null check (role in ('administrator', 'accountant', 'approver', 'payer', 'employee', 'reader', 'auditor')),
  created_at text not null, primary key (user, company)
) strict, without rowid;
--> statement-breakpoint
create index membership_company on membership (company);
--> statement-breakpoint
-- Secrets are kept as SHA-256 only; they have 256 random bits, so no slow hash is needed.
create table session (
  token_hash text primary key, user text not null references user (id),
  created_at text not null, expires_at text not null
) strict, without rowid;
--> statement-breakpoint
create table api_key (
  id text primary key, token_hash text not null unique, company text not null references company (id),
  role text not null check (role in ('administrator', 'accountant', 'approver', 'payer', 'employee', 'reader', 'auditor')),
  name text not null, created_by text not null, created_at text not null, expires_at text, revoked_at text
) strict;
--> statement-breakpoint
create index api_key_company on api_key (company);
--> statement-breakpoint
-- Failed sign-ins by account and by network, counted here so that every isolate sees them.
create table sign_in_failure (
  subject text not null, at text not null, primary key (subject, at)
) strict, without rowid;
--> statement-breakpoint
-- A link with which a new user chooses a password; one at a time for each user, of which only the SHA-256 is kept.
create table invitation (
  user text primary key references user (id), token_hash text not null unique,
  by text not null, created_at text not null, expires_at text not null
) strict, without rowid;
