-- What a key may do beside its role, where it may be used from, and when it last was; webhooks, alerts, and the log of the control plane.

alter table api_key add column scopes text check (scopes is null or json_valid(scopes));
--> statement-breakpoint
alter table api_key add column networks text check (networks is null or json_valid(networks));
--> statement-breakpoint
alter table api_key add column office text references office (id);
--> statement-breakpoint
alter table api_key add column start text;
--> statement-breakpoint
alter table api_key add column last_used_at text;
--> statement-breakpoint
alter table api_key add column last_used_from text;
--> statement-breakpoint
-- Where a company's events are sent. The secret is derived from the signing key and this version of it, and kept nowhere.
create table webhook (
  id text primary key check (id glob 'whk_*'), company text not null references company (id),
  name text not null, url text not null check (url glob 'https://*'),
  types text not null check (json_valid(types)),               -- first words of event types; none is all
  state text not null check (state in ('active', 'paused', 'disabled')),
  secret_version integer not null default 1,
  place integer not null check (place >= 0),                   -- sent up to this event
  failures integer not null default 0, next_at text not null, leased_until text not null default '',
  created_by text not null, created_at text not null, changed_at text not null
) strict, without rowid;
--> statement-breakpoint
create index webhook_company on webhook (company);
--> statement-breakpoint
create index webhook_due on webhook (state, next_at);
--> statement-breakpoint
create trigger webhooks_have_a_limit before insert on webhook
begin select raise(abort, 'limit/reached') where (select count(*) from webhook where company = new.company) >= 10; end;
--> statement-breakpoint
create trigger keys_have_a_limit before insert on api_key
begin
  select raise(abort, 'limit/reached') where (select count(*) from api_key where company = new.company and revoked_at is null) >= 200;
end;
--> statement-breakpoint
-- One request to the receiver, tried until it succeeds: events of the feed in order, from one sequence to another.
create table webhook_delivery (
  id text primary key check (id glob 'whd_*'), webhook text not null references webhook (id) on delete cascade,
  first_sequence integer not null, last_sequence integer not null,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  tries integer not null default 0, status integer, fault text, made_at text not null, tried_at text
) strict, without rowid;
--> statement-breakpoint
create index webhook_delivery_webhook on webhook_delivery (webhook, made_at);
--> statement-breakpoint
-- What a person should know of: one row for each who should. It goes away when it is read, or when its cause does.
create table alert (
  id text primary key, user text not null references user (id), company text references company (id),
  kind text not null, subject text not null, params text not null check (json_valid(params)),
  raised_at text not null, seen_at text, cleared_at text, mailed_at text
) strict, without rowid;
--> statement-breakpoint
create index alert_user on alert (user, raised_at);
--> statement-breakpoint
-- Who did what outside any company: signing in, users, offices. Each row is chained to the one before it.
create table control_log (
  sequence integer primary key check (sequence > 0), type text not null, recorded_at text not null, by text not null,
  subject text not null, details text not null check (json_valid(details)), origin text not null check (json_valid(origin)),
  previous text not null check (length(previous) = 64), hash text not null unique check (length(hash) = 64)
) strict;
--> statement-breakpoint
create trigger control_log_follows before insert on control_log
begin
  select raise(abort, 'control-log/out-of-order')
   where new.sequence <> 1 + coalesce((select max(sequence) from control_log), 0)
      or new.previous <> coalesce((select hash from control_log order by sequence desc limit 1), printf('%064d', 0));
end;
--> statement-breakpoint
create trigger control_log_is_final before update on control_log begin select raise(abort, 'control-log/is-final'); end;
--> statement-breakpoint
create trigger control_log_is_kept before delete on control_log begin select raise(abort, 'control-log/is-final'); end;
