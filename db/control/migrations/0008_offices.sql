-- Accounting offices with staff and clients; roles of a company's own; invitations; auditors' access.

alter table office add column organisation_number text;
--> statement-breakpoint
-- A role a company has put together from permissions of the table in worker/access/permission.ts.
create table custom_role (
  id text primary key check (id glob 'rol_*'), company text not null references company (id),
  name text not null check (length(name) between 1 and 60),
  permissions text not null check (json_array_length(permissions) > 0),
  version integer not null default 1, by text not null, changed_at text not null,
  unique (company, name)
) strict;
--> statement-breakpoint
-- Role: a name of the table, or the id of a role of the company's own.
create table membership_next (
  user text not null references user (id), company text not null references company (id),
  role text not null check (role in ('administrator', 'accountant', 'approver', 'payer', 'employee', 'reader', 'auditor')
    or role glob 'rol_*'),
  created_at text not null, primary key (user, company)
) strict, without rowid;
--> statement-breakpoint
insert into membership_next select user, company, role, created_at from membership;
--> statement-breakpoint
drop table membership;
--> statement-breakpoint
alter table membership_next rename to membership;
--> statement-breakpoint
create index membership_company on membership (company);
--> statement-breakpoint
create trigger membership_role_is_of_company before insert on membership when new.role glob 'rol_*'
begin
  select raise(abort, 'role/unknown') where not exists (select 1 from custom_role where id = new.role and company = new.company);
end;
--> statement-breakpoint
create trigger membership_role_stays_of_company before update of role on membership when new.role glob 'rol_*'
begin
  select raise(abort, 'role/unknown') where not exists (select 1 from custom_role where id = new.role and company = new.company);
end;
--> statement-breakpoint
create trigger custom_role_in_use before delete on custom_role
begin
  select raise(abort, 'role/in-use')
   where exists (select 1 from membership where role = old.id) or exists (select 1 from client_assignment where role = old.id)
      or exists (select 1 from invitation where role = old.id and accepted_at is null and withdrawn_at is null);
end;
--> statement-breakpoint
create table office_member (
  office text not null references office (id), user text not null references user (id),
  role text not null check (role in ('administrator', 'accountant', 'assistant')),
  created_at text not null, primary key (office, user)
) strict, without rowid;
--> statement-breakpoint
create index office_member_user on office_member (user);
--> statement-breakpoint
create index company_office on company (office);
--> statement-breakpoint
-- Which client a member of the office works for, and with which of the client's roles. One is responsible.
create table client_assignment (
  company text not null references company (id), user text not null references user (id),
  duty text not null check (duty in ('responsible', 'team')),
  role text not null check (role in ('administrator', 'accountant', 'approver', 'payer', 'employee', 'reader') or role glob 'rol_*'),
  by text not null, created_at text not null, primary key (company, user)
) strict, without rowid;
--> statement-breakpoint
create unique index client_assignment_responsible on client_assignment (company) where duty = 'responsible';
--> statement-breakpoint
create index client_assignment_user on client_assignment (user);
--> statement-breakpoint
create trigger assigned_is_staff before insert on client_assignment
begin
  select raise(abort, 'office-member/unknown')
   where not exists (select 1 from company c join office_member o on o.office = c.office
                      where c.id = new.company and o.user = new.user);
end;
--> statement-breakpoint
-- Who leaves the office leaves its clients; a client that moves is worked for by nobody of the office it left.
create trigger staff_leaves_clients after delete on office_member
begin
  delete from client_assignment where user = old.user and company in (select id from company where office = old.office);
end;
--> statement-breakpoint
create trigger client_leaves_staff after update of office on company when new.office is not old.office
begin
  delete from client_assignment where company = new.id;
end;
--> statement-breakpoint
create trigger office_keeps_an_administrator before delete on office_member when old.role = 'administrator'
begin
  select raise(abort, 'office/last-administrator')
   where not exists (select 1 from office_member where office = old.office and role = 'administrator' and user <> old.user);
end;
--> statement-breakpoint
create trigger office_keeps_administrator before update of role on office_member
  when old.role = 'administrator' and new.role <> 'administrator'
begin
  select raise(abort, 'office/last-administrator')
   where not exists (select 1 from office_member where office = old.office and role = 'administrator' and user <> old.user);
end;
--> statement-breakpoint
-- A client on its way to another office: asked for by the client's administrator, taken over by the office that receives it.
create table client_move (
  id text primary key check (id glob 'mov_*'), company text not null references company (id),
  from_office text references office (id), to_office text not null references office (id),
  asked_by text not null, asked_at text not null,
  closed_at text, closed_by text, outcome text check (outcome in ('accepted', 'declined', 'withdrawn')),
  check ((closed_at is null) = (outcome is null))
) strict;
--> statement-breakpoint
create unique index client_move_open on client_move (company) where closed_at is null;
--> statement-breakpoint
create index client_move_to on client_move (to_office) where closed_at is null;
--> statement-breakpoint
-- An invitation is to one place and gives access there alone; who takes it up has had the link. Only its SHA-256 is kept.
drop table invitation;
--> statement-breakpoint
create table invitation (
  id text primary key check (id glob 'inv_*'),
  company text references company (id), office text references office (id),
  email text not null check (email = lower(email)), name text not null, role text not null,
  language text not null check (language in ('nb', 'en')),
  token_hash text not null unique, by text not null, created_at text not null, sent_at text not null,
  expires_at text not null, mailed integer not null default 0 check (mailed in (0, 1)),
  accepted_at text, accepted_by text, withdrawn_at text, withdrawn_by text,
  audit_access text,
  check ((company is null) <> (office is null))
) strict;
--> statement-breakpoint
create unique index invitation_open on invitation (coalesce(company, office), email)
  where accepted_at is null and withdrawn_at is null;
--> statement-breakpoint
-- An auditor's access: ordered from either side, granted by an administrator of the company, and over by itself.
create table audit_access (
  id text primary key check (id glob 'aud_*'),
  company text references company (id),                          -- null: an order for a number that is no company here
  organisation_number text,
  user text references user (id), email text not null, name text not null, firm text not null default '',
  ordered_from text not null check (ordered_from in ('auditor', 'company')),
  ordered_by text not null, ordered_at text not null, message text not null default '',
  first_year integer not null, last_year integer not null check (last_year >= first_year),
  days integer not null check (days between 1 and 400),
  granted_at text, granted_by text, ends_at text,
  ended_at text, ended_by text, outcome text check (outcome in ('refused', 'withdrawn', 'ended')),
  check ((granted_at is null) = (ends_at is null)), check ((ended_at is null) = (outcome is null)),
  check (granted_at is null or company is not null)
) strict;
--> statement-breakpoint
create index audit_access_company on audit_access (company);
--> statement-breakpoint
create index audit_access_user on audit_access (user);
