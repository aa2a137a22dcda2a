-- The old system's own trial balance of the last day before the cut-over, to hold the ledger against: nothing is booked from it, so it
-- proves what the sheets that were booked cannot. One list a company, with the SHA-256 of the file it came in.
create table takeover_control_list (
  id integer primary key check (id = 1),
  file_name text, file_sha256 text not null check (length(file_sha256) = 64),
  rows text not null check (json_valid(rows)),
  by text not null, at text not null
) strict;
