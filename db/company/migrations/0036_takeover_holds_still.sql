-- A sheet of movements books several vouchers. What each is for is written down before it is posted, by voucher, so that whoever was
-- cut off in between finds them as the sheet's own.
create table takeover_month_next (
  voucher text primary key,
  month text not null check (month glob '????-??'),
  content_hash text not null
) strict, without rowid;
--> statement-breakpoint
insert into takeover_month_next (voucher, month, content_hash) select voucher, month, content_hash from takeover_month;
--> statement-breakpoint
drop table takeover_month;
--> statement-breakpoint
alter table takeover_month_next rename to takeover_month;
--> statement-breakpoint
-- Whether the take-over is finished is a fact that vouchers are judged by.
create trigger takeover_finished after update of finished_at on takeover when new.finished_at is not old.finished_at
begin update company set facts_version = facts_version + 1; end;
