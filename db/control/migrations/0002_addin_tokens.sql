-- Signing in from Excel: a code that is good once, then a short token and one to renew it with. Secrets are kept as SHA-256.

create table addin_code (
  code_hash text primary key, user text not null references user (id),
  challenge text not null check (length(challenge) = 43),         -- SHA-256 of the pane's secret, base64url (RFC 7636)
  expires_at text not null
) strict, without rowid;
--> statement-breakpoint
-- All tokens that follow from one sign-in are a family: an old one used again ends it.
create table addin_refresh (
  token_hash text primary key, family text not null, user text not null references user (id),
  signed_in_at text not null, expires_at text not null, used_at text
) strict, without rowid;
--> statement-breakpoint
create index addin_refresh_family on addin_refresh (family);
--> statement-breakpoint
create table addin_access (
  token_hash text primary key, family text not null, user text not null references user (id), expires_at text not null
) strict, without rowid;
--> statement-breakpoint
create index addin_access_family on addin_access (family);
