-- The office's library of template keys, from which they are shared to its clients (features.md LED-12).

create table office_template (
  office text not null references office (id), key text not null check (length(key) between 1 and 35),
  version integer not null check (version > 0), content text not null check (json_valid(content)),
  by text not null, changed_at text not null,
  primary key (office, key)
) strict, without rowid;
