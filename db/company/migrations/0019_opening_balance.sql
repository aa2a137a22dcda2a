-- The opening balance of a company that comes from another system: the sheet as it was filled in, and the voucher it became.
-- One for each day; what it booked stands in the ledger, and here is only what it was made from.

create table opening_balance (
  opening_date text primary key check (opening_date glob '????-??-??'),
  rows text not null check (json_valid(rows)),
  result_account text,                                          -- where income and cost of the old year are moved to
  voucher text,                                                 -- the voucher that stands for it, once booked
  booked_version integer,                                       -- the version that voucher was made from
  version integer not null default 1,
  by text not null, at text not null
) strict, without rowid;
