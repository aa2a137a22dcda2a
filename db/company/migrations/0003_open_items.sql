-- Open items and what settles them. Every entry with a party is an open item by its own trigger, and a match is a set of
-- signed amounts that sum to 0 within one party and account; so a control account is always the sum of its open items.

-- One for each entry with a party, under the entry's own key; what it says of the entry is a copy that cannot differ.
-- Rest: what live matches leave, in øre with the entry's sign; the same in the currency's minor units.
create table open_item (
  ledger_version integer not null, line integer not null,
  party_kind text not null, party text not null, account text not null,
  voucher_date text not null, due_date text, invoice_number text, payment_reference text,
  currency text, currency_amount integer, currency_rest integer,
  amount integer not null, rest integer not null,
  primary key (ledger_version, line),
  check (abs(rest) <= abs(amount) and (rest = 0 or (rest > 0) = (amount > 0))),
  check ((currency is null) = (currency_amount is null) and (currency is null) = (currency_rest is null)),
  check (currency is null or (abs(currency_rest) <= abs(currency_amount)
    and (currency_rest = 0 or (currency_rest > 0) = (currency_amount > 0)) and (rest <> 0 or currency_rest = 0)))
) strict, without rowid;
--> statement-breakpoint
create index open_item_open on open_item (party_kind, party, account, voucher_date) where rest <> 0;
--> statement-breakpoint

-- A match's lines go in first; its own row comes last and is judged with them, as a voucher is with its entries.
-- It counts from match_date, the newest day among its items. Undone as a mistake it never counted; undone because a
-- voucher of it was reversed it counted until undone_date, so that the open items of days before stay as they were.
create table item_match (
  id text primary key check (id glob 'mch_*'),
  party_kind text not null, party text not null, account text not null,
  match_date text not null check (match_date glob '????-??-??'),
  rule text not null check (rule in
    ('manual', 'voucher', 'reversal', 'payment-reference', 'invoice-number', 'amount', 'total', 'oldest-first')),
  reason text,                                                   -- what the rule went by, or what a person wrote
  recorded_at text not null, by text not null, ledger_version integer not null,
  undone_date text check (undone_date glob '????-??-??'),
  undone_at text, undone_by text, undone_version integer, undone_reason text,
  check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undone_version is null)
    and (undone_at is null) = (undone_date is null)),
  check (undone_at is null or (undone_at >= recorded_at and undone_version >= ledger_version and undone_date >= match_date))
) strict;
--> statement-breakpoint
create index item_match_recorded on item_match (recorded_at);
--> statement-breakpoint
create index item_match_dated on item_match (match_date);
--> statement-breakpoint
create index item_match_undone on item_match (undone_at) where undone_at is not null;
--> statement-breakpoint
create table item_match_line (
  match_id text not null references item_match (id) deferrable initially deferred,
  ledger_version integer not null, line integer not null,
  amount integer not null check (amount <> 0),                   -- øre, with the item's sign
  currency_amount integer,                                       -- the same of an item in a currency, in its minor units
  primary key (match_id, ledger_version, line),
  foreign key (ledger_version, line) references open_item (ledger_version, line)
) strict, without rowid;
--> statement-breakpoint
create index item_match_line_item on item_match_line (ledger_version, line);
--> statement-breakpoint

create trigger open_item_is_its_entry before insert on open_item
begin
  select raise(abort, 'open-item/is-final')
   where not exists (select 1 from entry e where e.ledger_version = new.ledger_version and e.line = new.line
      and e.party_kind = new.party_kind and e.party = new.party and e.account = new.account and e.amount = new.amount
      and e.voucher_date = new.voucher_date and e.due_date is new.due_date and e.invoice_number is new.invoice_number
      and e.payment_reference is new.payment_reference)
      or new.rest <> new.amount or new.currency_rest is not new.currency_amount
      or exists (select 1 from item_match_line l where l.ledger_version = new.ledger_version and l.line = new.line);
end;
--> statement-breakpoint
-- Currency is kept where it can be settled: an amount of the same sign as the one in øre.
create trigger entry_with_party_is_an_open_item after insert on entry when new.party is not null
begin
  insert into open_item (ledger_version, line, party_kind, party, account, voucher_date, due_date, invoice_number,
      payment_reference, currency, currency_amount, currency_rest, amount, rest)
    select new.ledger_version, new.line, new.party_kind, new.party, new.account, new.voucher_date, new.due_date,
      new.invoice_number, new.payment_reference, case when own then new.currency end,
      case when own then new.currency_amount end, case when own then new.currency_amount end, new.amount, new.amount
    from (select coalesce(new.currency is not null and ((new.amount > 0 and new.currency_amount > 0)
                                                     or (new.amount < 0 and new.currency_amount < 0)), 0) as own);
end;
--> statement-breakpoint
-- Whoever changes a rest, it must be what the live matches leave; nothing else of an item changes.
create trigger open_item_rest_follows after update on open_item
begin
  select raise(abort, 'open-item/is-final')
   where new.ledger_version <> old.ledger_version or new.line <> old.line or new.party_kind <> old.party_kind
      or new.party <> old.party or new.account <> old.account or new.voucher_date <> old.voucher_date
      or new.due_date is not old.due_date or new.invoice_number is not old.invoice_number
      or new.payment_reference is not old.payment_reference or new.currency is not old.currency
      or new.currency_amount is not old.currency_amount or new.amount <> old.amount
      or exists (select 1 from (select coalesce(sum(l.amount), 0) as settled, coalesce(sum(l.currency_amount), 0) as in_currency
                   from item_match_line l join item_match m on m.id = l.match_id and m.undone_at is null
                  where l.ledger_version = new.ledger_version and l.line = new.line)
                 where new.rest <> new.amount - settled or new.currency_rest <> new.currency_amount - in_currency);
end;
--> statement-breakpoint
create trigger open_item_is_kept before delete on open_item begin select raise(abort, 'open-item/is-final'); end;
--> statement-breakpoint

create trigger match_line_comes_before_match before insert on item_match_line
begin
  select raise(abort, 'match/is-final') where exists (select 1 from item_match where id = new.match_id)
     or exists (select 1 from item_match_line l
                 where l.match_id = new.match_id and l.ledger_version = new.ledger_version and l.line = new.line);
end;
--> statement-breakpoint
create trigger match_line_is_final before update on item_match_line begin select raise(abort, 'match/is-final'); end;
--> statement-breakpoint
create trigger match_line_is_kept before delete on item_match_line begin select raise(abort, 'match/is-final'); end;
--> statement-breakpoint
create trigger match_follows before insert on item_match
begin
  select raise(abort, 'match/is-final') where new.undone_at is not null or exists (select 1 from item_match where id = new.id);
  select raise(abort, 'ledger/behind')
   where new.recorded_at < coalesce((select recorded_at from voucher where ledger_version = new.ledger_version), '~')
      or new.recorded_at < coalesce((select max(recorded_at) from item_match), '')
      or new.recorded_at < coalesce((select max(undone_at) from item_match), '');
end;
--> statement-breakpoint
create trigger match_is_whole after insert on item_match
begin
  select raise(abort, 'match/unbalanced') where (select sum(amount) from item_match_line where match_id = new.id) is not 0;
  select raise(abort, 'match/wrong-party')
   where exists (select 1 from item_match_line l join open_item o using (ledger_version, line)
                  where l.match_id = new.id
                    and (o.party_kind <> new.party_kind or o.party <> new.party or o.account <> new.account));
  select raise(abort, 'match/over')
   where exists (select 1 from item_match_line l join open_item o using (ledger_version, line)
                  where l.match_id = new.id and (abs(l.amount) > abs(o.rest) or (l.amount > 0) <> (o.rest > 0)
                    or (l.currency_amount is null) <> (o.currency is null)
                    or abs(l.currency_amount) > abs(o.currency_rest) or l.currency_amount * o.currency_rest < 0
                    or (l.amount = o.rest and l.currency_amount <> o.currency_rest)));
  -- An item that a reversal freed is free from that day on, or it would be settled twice on the days before.
  select raise(abort, 'ledger/behind')
   where new.match_date <> (select max(max(o.voucher_date, coalesce((select max(m.undone_date) from item_match_line other
              join item_match m on m.id = other.match_id and m.undone_date > m.match_date
             where other.ledger_version = o.ledger_version and other.line = o.line), '')))
       from item_match_line l join open_item o using (ledger_version, line) where l.match_id = new.id);
  update open_item set
      rest = rest - (select l.amount from item_match_line l where l.match_id = new.id
                        and l.ledger_version = open_item.ledger_version and l.line = open_item.line),
      currency_rest = currency_rest - (select l.currency_amount from item_match_line l where l.match_id = new.id
                        and l.ledger_version = open_item.ledger_version and l.line = open_item.line)
    where (ledger_version, line) in (select l.ledger_version, l.line from item_match_line l where l.match_id = new.id);
end;
--> statement-breakpoint
-- A match changes once in its life: when it is undone.
create trigger match_is_undone_once before update on item_match
begin
  select raise(abort, 'match/is-final')
   where old.undone_at is not null or new.undone_at is null or new.id <> old.id or new.party_kind <> old.party_kind
      or new.party <> old.party or new.account <> old.account or new.match_date <> old.match_date or new.rule <> old.rule
      or new.reason is not old.reason or new.recorded_at <> old.recorded_at or new.by <> old.by
      or new.ledger_version <> old.ledger_version;
  select raise(abort, 'ledger/behind')
   where new.undone_at < coalesce((select recorded_at from voucher where ledger_version = new.undone_version), '~')
      or new.undone_at < coalesce((select max(recorded_at) from item_match), '')
      or new.undone_at < coalesce((select max(undone_at) from item_match), '');
end;
--> statement-breakpoint
create trigger undone_match_restores after update on item_match
begin
  update open_item set
      rest = rest + (select l.amount from item_match_line l where l.match_id = new.id
                        and l.ledger_version = open_item.ledger_version and l.line = open_item.line),
      currency_rest = currency_rest + (select l.currency_amount from item_match_line l where l.match_id = new.id
                        and l.ledger_version = open_item.ledger_version and l.line = open_item.line)
    where (ledger_version, line) in (select l.ledger_version, l.line from item_match_line l where l.match_id = new.id);
end;
--> statement-breakpoint
create trigger match_is_kept before delete on item_match begin select raise(abort, 'match/is-final'); end;
--> statement-breakpoint

-- Entries that were posted before open items were kept.
insert into open_item (ledger_version, line, party_kind, party, account, voucher_date, due_date, invoice_number,
    payment_reference, currency, currency_amount, currency_rest, amount, rest)
  select ledger_version, line, party_kind, party, account, voucher_date, due_date, invoice_number, payment_reference,
    case when own then currency end, case when own then currency_amount end, case when own then currency_amount end,
    amount, amount
  from (select *, coalesce(currency is not null and ((amount > 0 and currency_amount > 0)
                                                  or (amount < 0 and currency_amount < 0)), 0) as own
          from entry where party is not null);
