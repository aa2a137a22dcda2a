-- What a person has chosen for themselves, in every company: key map, and which layout each screen opens with.
create table user_setting (
  user text not null,
  name text not null,
  value text not null check (json_valid(value)),
  changed_at text not null,
  primary key (user, name)
) strict, without rowid;
