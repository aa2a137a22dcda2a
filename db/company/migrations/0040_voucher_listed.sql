-- What the list of vouchers is sorted and narrowed by beside the voucher's own columns: its debits in øre, the first party among its
-- entries, and who posted it. Kept with the search index and by its state, never by the posting batch.
create table voucher_listed (
  ledger_version integer primary key, amount integer not null, party text not null, by text not null
) strict;
--> statement-breakpoint
create index voucher_listed_amount on voucher_listed (amount);
--> statement-breakpoint
create index voucher_listed_party on voucher_listed (party);
--> statement-breakpoint
create index voucher_listed_by on voucher_listed (by);
--> statement-breakpoint
update voucher_search_state set first_version = 1, last_version = 0;
