-- What keeps sums and answers within bounds.

-- All that was ever debited, in øre; one row. No sum of a report is larger, so each can be told as a number (below 2^53).
create table turnover (
  one integer primary key check (one = 1), amount integer not null check (amount >= 0)
) strict;
--> statement-breakpoint
insert into turnover (one, amount) select 1, coalesce(sum(debit), 0) from balance;
--> statement-breakpoint
create trigger voucher_adds_to_turnover after insert on voucher
begin
  update turnover set amount = amount
    + (select coalesce(sum(amount), 0) from entry where ledger_version = new.ledger_version and amount > 0);
  select raise(abort, 'amount/too-large') where (select amount from turnover) >= 9000000000000000;
end;
--> statement-breakpoint

-- Answers that are past their 30 days are found without reading all of them.
create index request_key_recorded on request_key (recorded_at);
