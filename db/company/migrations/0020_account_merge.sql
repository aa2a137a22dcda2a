-- Accounts that were merged into another from a day on. Entries stay where they were booked; the account is closed from that day, and
-- reports may show the two as one.
create table account_merge (
  account text primary key references account (number),
  into_account text not null references account (number) check (into_account <> account),
  from_date text not null check (from_date glob '????-??-??'),
  reason text not null, by text not null, recorded_at text not null, ledger_version integer not null
) strict, without rowid;
--> statement-breakpoint
create trigger account_merge_fits before insert on account_merge
begin
  select raise(abort, 'account/merge-differs')
   where (select type || coalesce(control, '') from account where number = new.account)
      is not (select type || coalesce(control, '') from account where number = new.into_account);
  select raise(abort, 'account/merged') where exists (select 1 from account_merge where account = new.into_account);
end;
--> statement-breakpoint
create trigger account_merge_is_final before update on account_merge begin select raise(abort, 'account/merged'); end;
--> statement-breakpoint
create trigger account_merge_is_kept before delete on account_merge begin select raise(abort, 'account/merged'); end;
--> statement-breakpoint
create trigger merged_account_stays_closed before update of closed_from on account
when new.closed_from is null or new.closed_from > old.closed_from
begin select raise(abort, 'account/merged') where exists (select 1 from account_merge where account = new.number); end;
--> statement-breakpoint

-- The history of a register's row is found without reading the whole feed.
create index event_of_account on event (subject, sequence) where type like 'account.%';
