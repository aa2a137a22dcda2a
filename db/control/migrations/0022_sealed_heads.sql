-- The newest seal of a company's events with each day's head: events that are cut away or sealed anew cannot agree with it.
alter table head_anchor add column sealed_to integer;
--> statement-breakpoint
alter table head_anchor add column seal_hash text;
