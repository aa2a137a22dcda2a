-- Copies of a company's database, each made for one archive and dropped with it. One that still stands here a day later was left by a
-- process that ended in between; the night drops it. An archive may be on its way for hours, not for a day.
create table database_copy (
  database text primary key check (database glob 'copy-*'), made_at text not null
) strict, without rowid;
