-- What the previous system moved by month, shown beside the ledger's own figures and never part of it: accounts down, months across,
-- as the sheet of movements. One sheet a company.
create table comparison (
  id integer primary key check (id = 1),
  rows text not null check (json_valid(rows)),
  version integer not null default 1, by text not null, at text not null
) strict;
