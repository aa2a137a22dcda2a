-- Vouchers with VAT whose document is of a month that is filed (a hard lock of scope vat): their VAT is of the first month after it
-- that is open, from `term_day`. Every other voucher's VAT is of the term of its document.
create table vat_term_move (
  ledger_version integer primary key references voucher (ledger_version) deferrable initially deferred,
  term_day text not null check (term_day glob '????-??-01')
) strict;
--> statement-breakpoint
create index vat_term_move_day on vat_term_move (term_day);
--> statement-breakpoint
create trigger vat_term_move_is_final before update on vat_term_move begin select raise(abort, 'voucher/already-posted'); end;
--> statement-breakpoint
create trigger vat_term_move_is_kept before delete on vat_term_move begin select raise(abort, 'voucher/already-posted'); end;
--> statement-breakpoint
create trigger vat_term_moves_with_its_voucher before insert on vat_term_move
begin
  select raise(abort, 'voucher/already-posted') where exists (select 1 from voucher where ledger_version = new.ledger_version);
  select raise(abort, 'period/locked') where not exists (select 1 from scope_lock where scope = 'vat');
end;
--> statement-breakpoint
-- Moved when, and only when, it has VAT and its document's month is filed; and not into another month that is.
create trigger voucher_stays_out_of_filed_terms before insert on voucher
when exists (select 1 from scope_lock where scope = 'vat')
begin
  select raise(abort, 'period/locked')
   where exists (select 1 from vat_term_move where ledger_version = new.ledger_version) <> (
     coalesce((select level = 'hard' from scope_lock where scope = 'vat' and substr(new.document_date, 1, 7) between from_month and to_month
                order by rowid desc limit 1), 0)
     and exists (select 1 from entry where ledger_version = new.ledger_version and vat_rate is not null));
  select raise(abort, 'period/locked') from vat_term_move m
   where m.ledger_version = new.ledger_version and (m.term_day <= new.document_date
     or coalesce((select level = 'hard' from scope_lock where scope = 'vat' and substr(m.term_day, 1, 7) between from_month and to_month
                   order by rowid desc limit 1), 0));
end;
