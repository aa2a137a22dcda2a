-- Another bank account on a party that had one: not used for payment until somebody else has confirmed it. What stands on the card
-- waits while its newest change is not confirmed.
create table bank_account_change (
  party_kind text not null, party text not null, was text not null, becomes text not null,
  by text not null, at text not null, confirmed_by text, confirmed_at text,
  primary key (party_kind, party, at),
  foreign key (party_kind, party) references party (kind, number) on delete cascade,
  check ((confirmed_by is null) = (confirmed_at is null))
) strict, without rowid;
--> statement-breakpoint
create trigger bank_account_confirmed_by_another before update on bank_account_change
begin
  select raise(abort, 'party/same-person') where new.confirmed_by = new.by;
  select raise(abort, 'party/nothing-to-confirm') where old.confirmed_at is not null;
end;
