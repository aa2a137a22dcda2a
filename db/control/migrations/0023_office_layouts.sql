-- Layouts of screens that an office shares with all its clients (features.md PLT-05).
create table office_screen_layout (
  id text primary key check (id glob 'lay_*'),
  office text not null references office (id),
  screen text not null,
  owner text not null,
  name text not null check (trim(name) <> ''),
  definition text not null check (json_type(definition) = 'object'),
  version integer not null default 1,
  changed_by text not null,
  changed_at text not null,
  unique (office, screen, name)
) strict, without rowid;
--> statement-breakpoint
create trigger office_layouts_have_a_limit before insert on office_screen_layout
when not exists (select 1 from office_screen_layout where id = new.id)
begin select raise(abort, 'limit/reached') where (select count(*) from office_screen_layout where office = new.office) >= 500; end;
