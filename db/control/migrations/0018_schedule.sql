-- A time of the schedule that has come, and how far it has come through the companies: what one call of the Worker cannot do, the next
-- minute goes on with. `leased_until` keeps two from going through them at once.
create table schedule_run (
  cron text primary key, run integer not null, due_at text not null, leased_until text not null default '', finished_at text
) strict, without rowid;
--> statement-breakpoint
-- A company's last turn in it: when it was taken, and the newest run that is done with it.
create table schedule_turn (
  cron text not null, company text not null, taken_at text not null, done_run integer not null default 0,
  primary key (cron, company)
) strict, without rowid;
--> statement-breakpoint
-- What the night found wrong with what belongs to no single company, until it holds again.
create table instance_finding (
  kind text primary key, found_at text not null, count integer not null
) strict, without rowid;
