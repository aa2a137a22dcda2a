-- Signing in: how a session came to be, second factors, passkeys, sign-in elsewhere, links by e-mail. Secrets are kept as hashes, or sealed.

alter table user add column email_verified_at text;
--> statement-breakpoint
-- Sessions from before this know nothing of it: they are no fresh proof and stand in the list without a device.
alter table session add column method text check (method in ('password', 'passkey', 'provider', 'demo'));
--> statement-breakpoint
alter table session add column device text;
--> statement-breakpoint
alter table session add column place text;
--> statement-breakpoint
alter table session add column used_at text;
--> statement-breakpoint
-- When a passkey or a code was last shown in this session: what changes rights, keys or bank accounts asks for a fresh one.
alter table session add column proven_at text;
--> statement-breakpoint
create index session_user on session (user);
--> statement-breakpoint
-- A code app: its secret sealed, and the last step of thirty seconds that was used, so that a code is good once.
create table totp (
  user text primary key references user (id), secret text not null, last_step integer not null, created_at text not null
) strict, without rowid;
--> statement-breakpoint
create table recovery_code (
  user text not null references user (id), code_hash text not null, created_at text not null,
  primary key (user, code_hash)
) strict, without rowid;
--> statement-breakpoint
create table passkey (
  id text primary key, user text not null references user (id), public_key text not null,
  counter integer not null check (counter >= 0), transports text not null check (json_valid(transports)),
  name text not null, created_at text not null, used_at text
) strict, without rowid;
--> statement-breakpoint
create index passkey_user on passkey (user);
--> statement-breakpoint
-- Challenges and states that were answered: each is good once.
create table spent_challenge (hash text primary key, expires_at text not null) strict, without rowid;
--> statement-breakpoint
create index spent_challenge_expires on spent_challenge (expires_at);
--> statement-breakpoint
-- Between the password and the second factor.
create table sign_in_step (
  token_hash text primary key, user text not null references user (id),
  method text not null check (method in ('password', 'provider')), expires_at text not null
) strict, without rowid;
--> statement-breakpoint
-- A link sent by e-mail: to choose a new password, or to show that the address is one's own.
create table mail_link (
  token_hash text primary key, user text not null references user (id), email text not null,
  purpose text not null check (purpose in ('password', 'address')), expires_at text not null
) strict, without rowid;
--> statement-breakpoint
create index mail_link_user on mail_link (user);
--> statement-breakpoint
-- The same person at an OpenID Connect provider. Joined by its owner, never by an address alone.
create table provider_account (
  issuer text not null, subject text not null, user text not null references user (id), provider text not null,
  email text, created_at text not null, primary key (issuer, subject)
) strict, without rowid;
--> statement-breakpoint
create index provider_account_user on provider_account (user);
--> statement-breakpoint
-- A proof bound to the content it was given for: good for that content, once, for a few minutes.
create table step_up_grant (
  session_hash text not null, content_hash text not null, expires_at text not null,
  primary key (session_hash, content_hash)
) strict, without rowid;
--> statement-breakpoint
-- What happened to a person's sign-in, for themselves to see and for alerts.
create table sign_in_event (
  id text primary key, user text not null references user (id), at text not null, kind text not null,
  device text, place text
) strict, without rowid;
--> statement-breakpoint
create index sign_in_event_user on sign_in_event (user, at);
--> statement-breakpoint
-- On an instance on one's own machine e-mail goes nowhere else than here.
create table mailbox (
  id text primary key, recipient text not null, subject text not null, text text not null, at text not null
) strict, without rowid;
