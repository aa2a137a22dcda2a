-- A SAF-T import that was taken back: every voucher of it stands reversed, and its file may be brought in again.
alter table import_job add column undone_at text;
--> statement-breakpoint
alter table import_job add column undone_by text;
