-- Searching vouchers by what stands in them. The index is not kept by the posting batch, which it would slow down: a search
-- first brings it up to date, from a state that says which part of the chain it covers. Without contents of its own.
create virtual table voucher_search using fts5(words, content='', tokenize="unicode61 remove_diacritics 0");
--> statement-breakpoint
create table voucher_search_state (
  one integer primary key check (one = 1),
  first_version integer not null, last_version integer not null   -- covered, both ends; none when the first is after the last
) strict;
--> statement-breakpoint
insert into voucher_search_state (one, first_version, last_version) values (1, 1, 0);
--> statement-breakpoint
create virtual table comment_search using fts5(text, content='voucher_comment', content_rowid='sequence', tokenize="unicode61 remove_diacritics 0");
--> statement-breakpoint
create trigger voucher_comment_is_found after insert on voucher_comment
begin insert into comment_search (rowid, text) values (new.sequence, new.text); end;
--> statement-breakpoint
insert into comment_search (rowid, text) select sequence, text from voucher_comment;
