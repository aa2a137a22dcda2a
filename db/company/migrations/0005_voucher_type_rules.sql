-- What a company asks of its voucher types, one row a type at most. A table of its own: the types' own rows stand on vouchers.
create table voucher_type_rule (
  voucher_type text primary key references voucher_type (key),
  allowed_roles text check (allowed_roles is null or json_valid(allowed_roles)), -- null: whoever may post
  required text not null default '[]' check (json_valid(required)),              -- fields a voucher of the type must have
  proposed_account text, proposed_counter_account text,                          -- what entry begins with
  offered_for_payment integer not null default 0 check (offered_for_payment in (0, 1))
) strict, without rowid;
--> statement-breakpoint
insert into voucher_type_rule (voucher_type, offered_for_payment)
  select key, 1 from voucher_type where key in ('incoming-invoice', 'incoming-credit-note', 'expense-claim');
--> statement-breakpoint
create trigger voucher_type_rule_added after insert on voucher_type_rule begin update company set facts_version = facts_version + 1; end;
--> statement-breakpoint
create trigger voucher_type_rule_changed after update on voucher_type_rule begin update company set facts_version = facts_version + 1; end;
