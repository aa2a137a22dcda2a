-- Vouchers of a day are looked for by their text too: what was posted twice under two ids is told as a warning.
drop index voucher_dated;
--> statement-breakpoint
create index voucher_dated on voucher (voucher_date, text);
