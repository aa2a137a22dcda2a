-- Locks of a part of the books: entries with VAT, one voucher type, or a group of accounts. The newest row that covers a month says
-- how its scope stands there; a month that none covers is open to the scope. The whole of a month is locked in period, as before.
create table scope_lock (
  id text primary key check (id glob 'lck_*'),
  scope text not null check (scope = 'vat' or scope glob 'type:?*' or scope glob 'accounts:?*:?*'),
  from_account text, to_account text,
  from_month text not null check (from_month glob '????-??'), to_month text not null check (to_month glob '????-??' and from_month <= to_month),
  level text not null check (level in ('open', 'soft', 'hard')),
  reason text not null, by text not null, recorded_at text not null,
  ledger_version integer not null, hash text not null,
  differences text check (differences is null or json_valid(differences)),
  check ((scope glob 'accounts:*') = (from_account is not null) and (from_account is null) = (to_account is null)),
  check (from_account is null or scope = 'accounts:' || from_account || ':' || to_account)
) strict;
--> statement-breakpoint
create trigger scope_lock_is_final before update on scope_lock begin select raise(abort, 'period/lock-is-final'); end;
--> statement-breakpoint
create trigger scope_lock_is_kept before delete on scope_lock begin select raise(abort, 'period/lock-is-final'); end;
--> statement-breakpoint
create trigger scope_lock_added after insert on scope_lock begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger voucher_stays_out_of_locked_scopes before insert on voucher
when exists (select 1 from scope_lock where substr(new.voucher_date, 1, 7) between from_month and to_month)
begin
  select raise(abort, 'period/locked') from scope_lock s
   where substr(new.voucher_date, 1, 7) between s.from_month and s.to_month
     and not exists (select 1 from scope_lock later where later.rowid > s.rowid and later.scope = s.scope
                        and substr(new.voucher_date, 1, 7) between later.from_month and later.to_month)
     and (s.level = 'hard' or (s.level = 'soft' and new.reason is null))
     and (s.scope = 'type:' || new.type
          or (s.scope = 'vat' and exists (select 1 from entry where ledger_version = new.ledger_version and vat_rate is not null))
          or exists (select 1 from entry where ledger_version = new.ledger_version and account >= s.from_account
                        and substr(account, 1, length(s.to_account)) <= s.to_account));
end;
--> statement-breakpoint

-- A fiscal year as it was closed: the lock that shut it, the voucher that moved its result, and its figures. Kept for ever; a year that
-- was opened again is closed by a new row.
create table year_closing (
  id text primary key check (id glob 'ycl_*'),
  year integer not null references fiscal_year (year),
  lock_id text not null references period_lock (id),
  voucher_id text references voucher (id),
  result integer not null,                                       -- øre; profit negative, as on the accounts
  ledger_version integer not null,
  figures text not null check (json_valid(figures)),             -- [account, opening, debit, credit, closing], øre
  hash text not null check (length(hash) = 64),
  by text not null, recorded_at text not null
) strict;
--> statement-breakpoint
create trigger year_closing_is_final before update on year_closing begin select raise(abort, 'period/lock-is-final'); end;
--> statement-breakpoint
create trigger year_closing_is_kept before delete on year_closing begin select raise(abort, 'period/lock-is-final'); end;
