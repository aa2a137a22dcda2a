-- The day that a finished SAF-T import keeps ordinary vouchers away from, and the company's day from before any import set one: by these
-- the cut-over date is put back when one of several is taken up again.
alter table import_job add column cut_over_date text;
--> statement-breakpoint
alter table import_job add column cut_over_before text;
--> statement-breakpoint
-- An undo has begun: until it is done, nothing is finished or brought in on top of what is left.
alter table import_job add column undo_begun_at text;
--> statement-breakpoint
-- The explanation that stood when the control list came: it was not written of that list.
alter table takeover_control_list add column explanation_before text;
