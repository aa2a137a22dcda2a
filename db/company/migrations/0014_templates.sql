-- Templates and template keys (maler, malnøkler: features.md LED-10 to LED-12), and what is made of them on schedule.

create table template (
  key text primary key check (length(key) between 1 and 35),
  version integer not null check (version > 0), active integer not null default 1 check (active in (0, 1)),
  content text not null check (json_valid(content)),
  office_version integer, office_content text check (office_content is null or json_valid(office_content)), -- as the office has it
  check ((office_version is null) = (office_content is null))
) strict, without rowid;
--> statement-breakpoint
-- Every version that ever was: a voucher remembers which one made it.
create table template_version (
  key text not null references template (key), version integer not null,
  content text not null check (json_valid(content)), by text not null, recorded_at text not null,
  primary key (key, version)
) strict, without rowid;
--> statement-breakpoint
create trigger template_version_is_final before update on template_version begin select raise(abort, 'template/is-final'); end;
--> statement-breakpoint
create trigger template_version_is_kept before delete on template_version begin select raise(abort, 'template/is-final'); end;
--> statement-breakpoint
create table recurring (
  id text primary key check (id glob 'rec_*'), name text not null check (length(name) between 1 and 100),
  template text not null references template (key), parameter_values text not null check (json_valid(parameter_values)),
  first_date text not null check (first_date glob '????-??-??'), last_date text check (last_date glob '????-??-??'),
  every integer not null check (every between 1 and 120),          -- months
  makes text not null check (makes in ('draft', 'voucher')),
  active integer not null default 1 check (active in (0, 1)), version integer not null default 1,
  by text not null, created_at text not null
) strict, without rowid;
--> statement-breakpoint
-- One row for each day it was due: made once. What was refused is tried again until it stands.
create table recurring_run (
  recurring text not null references recurring (id), due_date text not null check (due_date glob '????-??-??'),
  status text not null check (status in ('posted', 'draft', 'refused')),
  voucher_id text not null, draft text, problem text check (problem is null or json_valid(problem)),
  by text not null, recorded_at text not null,
  primary key (recurring, due_date),
  check ((status = 'refused') = (problem is not null))
) strict, without rowid;
--> statement-breakpoint
create trigger recurring_run_is_final before update on recurring_run when old.status <> 'refused'
begin select raise(abort, 'recurring/is-final'); end;
--> statement-breakpoint
create trigger recurring_run_is_kept before delete on recurring_run begin select raise(abort, 'recurring/is-final'); end;
