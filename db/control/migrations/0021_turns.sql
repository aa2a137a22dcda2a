-- Whose turn it is: schedules by turns, a company that ends its call, files that no row tells of, and restored companies in use.

-- When a time of the schedule was last taken, and since when it has not come through all companies: a new hour does not hide the last.
alter table schedule_run add column leased_at text not null default '';
--> statement-breakpoint
alter table schedule_run add column unfinished_since text;
--> statement-breakpoint
-- How often a company was taken since it was last done with: one that ends its call each time is given up, and told.
alter table schedule_turn add column tries integer not null default 0;
--> statement-breakpoint
-- The days whose heads disagree with the bucket, as a list.
alter table instance_finding add column days text not null default '[]' check (json_valid(days));
--> statement-breakpoint
-- A file in the bucket that no row tells of, since when: rows may come back, and then they find it.
create table file_without_row (
  company text not null, key text not null, found_at text not null, primary key (company, key)
) strict, without rowid;
--> statement-breakpoint
-- Since when a restored company follows the schedule.
alter table company add column in_use_since text;
