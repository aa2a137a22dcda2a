-- SAF-T files of another system that are looked over before they are booked: what was found in them, and what was answered.
create table saft_switch (
  id text primary key check (id glob 'imp_*'),
  file_name text, file_key text not null, file_sha256 text not null, file_size integer not null,
  found text not null check (json_valid(found)),                 -- files, accounts, parties and analysis types
  answers text not null default '{}' check (json_valid(answers)),
  import_job text,                                               -- what it was booked as; null until then
  version integer not null default 1, by text not null, at text not null
) strict, without rowid;
