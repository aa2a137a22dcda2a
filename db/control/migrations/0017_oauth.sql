-- Programs of others that many companies let in (OAuth 2, RFC 6749 with PKCE). What one is let in with is an API key whose own secret nobody was told.

create table oauth_app (
  id text primary key check (id glob 'app_*'), name text not null, created_by text not null references user (id),
  redirect_uris text not null check (json_valid(redirect_uris)),
  secret_hash text,                                               -- SHA-256; null: it keeps no secret, as on a phone
  created_at text not null, removed_at text
) strict;
--> statement-breakpoint
create index oauth_app_created_by on oauth_app (created_by);
--> statement-breakpoint
create trigger apps_have_a_limit before insert on oauth_app
begin
  select raise(abort, 'limit/reached')
   where (select count(*) from oauth_app where created_by = new.created_by and removed_at is null) >= 20;
end;
--> statement-breakpoint
alter table api_key add column app text references oauth_app (id);
--> statement-breakpoint
create index api_key_app on api_key (app) where app is not null;
--> statement-breakpoint
create trigger keys_are_of_apps_that_stand before insert on api_key when new.app is not null
begin
  select raise(abort, 'app/unknown') where exists (select 1 from oauth_app where id = new.app and removed_at is not null);
end;
--> statement-breakpoint
create table oauth_code (
  code_hash text primary key, key text not null references api_key (id) on delete cascade,
  challenge text not null check (length(challenge) = 43),         -- SHA-256 of the program's secret, base64url (RFC 7636)
  redirect_uri text not null, expires_at text not null, used_at text
) strict, without rowid;
--> statement-breakpoint
create index oauth_code_key on oauth_code (key);
--> statement-breakpoint
create index oauth_code_expires_at on oauth_code (expires_at);
--> statement-breakpoint
create table oauth_token (
  token_hash text primary key, key text not null references api_key (id) on delete cascade,
  kind text not null check (kind in ('access', 'refresh')), expires_at text not null, used_at text
) strict, without rowid;
--> statement-breakpoint
create index oauth_token_key on oauth_token (key);
--> statement-breakpoint
create index oauth_token_expires_at on oauth_token (expires_at);
