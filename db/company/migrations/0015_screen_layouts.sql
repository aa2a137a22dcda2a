-- How a screen's columns are laid out (LED-09, PLT-05): order, width, what is hidden, frozen, filled in or repeated. A layout is its
-- owner's, or shared by the company; grid, sheet and export take the same.
create table screen_layout (
  id text primary key check (id glob 'lay_*'),
  screen text not null,
  owner text not null,
  shared integer not null check (shared in (0, 1)),
  name text not null check (trim(name) <> ''),
  definition text not null check (json_type(definition) = 'object'),
  version integer not null default 1,
  changed_by text not null,
  changed_at text not null
) strict, without rowid;
--> statement-breakpoint
create unique index screen_layout_name on screen_layout (screen, case when shared then '' else owner end, name);
