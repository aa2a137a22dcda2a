-- The last fence of posting: whatever code does, these hold. Tests and `verify` compare the triggers' exact text.

create trigger voucher_is_whole after insert on voucher
begin
  select raise(abort, 'voucher/unbalanced')
   where (select sum(amount) from entry where ledger_version = new.ledger_version) is not 0;
  select raise(abort, 'voucher/incomplete')
   where (select count(*) from entry where ledger_version = new.ledger_version) <> new.entry_count
      or exists (select 1 from entry where ledger_version = new.ledger_version and voucher_date <> new.voucher_date);
  insert into number_series (series, fiscal_year, last_number) values (new.series, new.fiscal_year, new.number)
    on conflict do update set last_number = excluded.last_number;
end;
--> statement-breakpoint
create trigger voucher_follows before insert on voucher
begin
  select raise(abort, 'ledger/behind')
   where new.ledger_version <> 1 + coalesce((select max(ledger_version) from voucher), 0)
      or new.prev_hash is not coalesce((select hash from voucher where ledger_version = new.ledger_version - 1),
           '0000000000000000000000000000000000000000000000000000000000000000')
      or new.recorded_at < coalesce((select recorded_at from voucher where ledger_version = new.ledger_version - 1), '');
  select raise(abort, 'ledger/facts-changed') where new.facts_version <> (select facts_version from company);
  select raise(abort, 'voucher/number-not-next')
   where new.number <> 1 + coalesce((select last_number from number_series
                                      where series = new.series and fiscal_year = new.fiscal_year), 0);
  select raise(abort, 'fiscal-year/missing')
   where not exists (select 1 from fiscal_year
                      where year = new.fiscal_year and new.voucher_date between first_date and last_date);
  select raise(abort, 'period/locked')
   where (select level from period where month = substr(new.voucher_date, 1, 7)) is not 'open'
     and ((select level from period where month = substr(new.voucher_date, 1, 7)) is not 'soft' or new.reason is null);
end;
--> statement-breakpoint
create trigger voucher_is_final before update on voucher begin select raise(abort, 'voucher/already-posted'); end;
--> statement-breakpoint
create trigger voucher_is_kept before delete on voucher begin select raise(abort, 'voucher/already-posted'); end;
--> statement-breakpoint
create trigger entry_comes_before_voucher before insert on entry
begin
  select raise(abort, 'voucher/already-posted') where exists (select 1 from voucher where ledger_version = new.ledger_version);
end;
--> statement-breakpoint
create trigger entry_needs_its_party before insert on entry
when (select control from account where number = new.account) is not new.party_kind
begin select raise(abort, 'party/missing'); end;
--> statement-breakpoint
create trigger entry_is_final before update on entry begin select raise(abort, 'voucher/already-posted'); end;
--> statement-breakpoint
create trigger entry_is_kept before delete on entry begin select raise(abort, 'voucher/already-posted'); end;
--> statement-breakpoint
create trigger event_follows before insert on event
begin
  select raise(abort, 'event/out-of-order') where new.sequence <> 1 + coalesce((select max(sequence) from event), 0);
end;
--> statement-breakpoint
create trigger event_is_final before update on event begin select raise(abort, 'event/is-final'); end;
--> statement-breakpoint
create trigger event_is_kept before delete on event begin select raise(abort, 'event/is-final'); end;
--> statement-breakpoint
create trigger period_lock_is_final before update on period_lock begin select raise(abort, 'period/lock-is-final'); end;
--> statement-breakpoint
create trigger period_lock_is_kept before delete on period_lock begin select raise(abort, 'period/lock-is-final'); end;
--> statement-breakpoint
create trigger account_in_use_is_kept before delete on account
begin
  select raise(abort, 'account/in-use') where exists (select 1 from entry where account = old.number);
end;
--> statement-breakpoint
create trigger account_in_use_keeps_its_nature before update of number, type, control on account
begin
  select raise(abort, 'account/in-use')
   where (new.number <> old.number or new.type <> old.type or new.control is not old.control)
     and exists (select 1 from entry where account = old.number);
end;
--> statement-breakpoint
create trigger number_series_only_grows before update on number_series
begin select raise(abort, 'voucher/number-not-next') where new.last_number <> old.last_number + 1; end;
--> statement-breakpoint
create trigger number_series_is_kept before delete on number_series begin select raise(abort, 'voucher/number-not-next'); end;
--> statement-breakpoint

-- Whoever changes a fact that posting rests on makes every writer read the facts again before its next post.
create trigger account_added after insert on account begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger account_changed after update on account begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger account_removed after delete on account begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger vat_code_added after insert on vat_code begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger vat_code_changed after update on vat_code begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger vat_rate_added after insert on vat_rate begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger vat_rate_changed after update on vat_rate begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger voucher_type_added after insert on voucher_type begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger voucher_type_changed after update on voucher_type begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger dimension_added after insert on dimension begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger dimension_value_added after insert on dimension_value begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger dimension_value_changed after update on dimension_value begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger dimension_rule_added after insert on dimension_rule begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger dimension_rule_removed after delete on dimension_rule begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger fiscal_year_added after insert on fiscal_year begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger period_added after insert on period begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger period_changed after update on period begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger party_changed after update of name, active, control_account on party begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger company_changed after update of vat_registered, reverse_charge_liable, vat_amount_limit, match_difference_limit, cut_over_date, modules on company
begin update company set facts_version = facts_version + 1; end;
