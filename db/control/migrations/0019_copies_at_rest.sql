-- Restored companies at rest, and the checks of the books as evidence of five years.

-- A restored company does nothing on schedule until an administrator takes it into use: a copy that is looked at must not change by itself.
alter table company add column paused_at text;
--> statement-breakpoint
-- Each check that was made, as [invariant, key, rows, violations]; null: made before this was kept.
alter table verification add column checks text check (checks is null or json_valid(checks));
--> statement-breakpoint
create index verification_of_what_is_new on verification (company, recorded_at) where ok = 1 and whole = 0;
