-- Keys of an accounting office, which reach its clients; and where each sign-in of the Excel add-in was made and last used.

create table api_key_next (
  id text primary key, token_hash text not null unique,
  company text references company (id), office text references office (id),
  role text not null check (role in ('administrator', 'accountant', 'approver', 'payer', 'employee', 'reader', 'auditor')),
  name text not null, created_by text not null, created_at text not null, expires_at text, revoked_at text,
  scopes text check (scopes is null or json_valid(scopes)), networks text check (networks is null or json_valid(networks)),
  start text, last_used_at text, last_used_from text,
  check ((company is null) <> (office is null))
) strict;
--> statement-breakpoint
insert into api_key_next (id, token_hash, company, role, name, created_by, created_at, expires_at, revoked_at, scopes, networks,
    start, last_used_at, last_used_from)
  select id, token_hash, company, role, name, created_by, created_at, expires_at, revoked_at, scopes, networks, start,
    last_used_at, last_used_from from api_key;
--> statement-breakpoint
drop table api_key;
--> statement-breakpoint
alter table api_key_next rename to api_key;
--> statement-breakpoint
create index api_key_company on api_key (company);
--> statement-breakpoint
create index api_key_office on api_key (office);
--> statement-breakpoint
create trigger keys_have_a_limit before insert on api_key
begin
  select raise(abort, 'limit/reached')
   where (select count(*) from api_key where coalesce(company, office) = coalesce(new.company, new.office) and revoked_at is null) >= 200;
end;
--> statement-breakpoint
alter table addin_refresh add column device text not null default '';
--> statement-breakpoint
alter table addin_refresh add column place text not null default '';
--> statement-breakpoint
alter table addin_refresh add column made_at text;
--> statement-breakpoint
create index addin_refresh_user on addin_refresh (user);
