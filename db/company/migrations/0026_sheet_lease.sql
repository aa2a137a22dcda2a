-- Whose turn it is to post from a workbook in Excel, by the workbook's own id. Runs out by itself; nothing rests on it for good.
create table sheet_lease (
  workbook text primary key,
  holder text not null,
  until text not null check (length(until) = 24)
) strict, without rowid;
