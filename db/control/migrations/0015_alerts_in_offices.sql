-- Alerts of an office say which; an e-mail that does not get through is tried again more and more seldom; what is asked each minute finds
-- its rows by an index.

alter table alert add column office text references office (id);
--> statement-breakpoint
alter table alert add column mail_tries integer not null default 0;
--> statement-breakpoint
alter table alert add column mail_after text not null default '';
--> statement-breakpoint
create index alert_unmailed on alert (raised_at) where mailed_at is null and seen_at is null and cleared_at is null;
--> statement-breakpoint
create index alert_unseen on alert (user) where seen_at is null and cleared_at is null;
--> statement-breakpoint
create index alert_standing on alert (kind, subject) where cleared_at is null;
--> statement-breakpoint
create index webhook_delivery_made on webhook_delivery (made_at);
--> statement-breakpoint
create index webhook_delivery_waiting on webhook_delivery (webhook) where state = 'waiting';
