-- Where each event came from (network and device), and the chain that seals the events: one changed byte breaks it (docs/audit-log.md).

alter table event add column origin text check (origin is null or json_valid(origin));
--> statement-breakpoint
-- A seal covers the events from one place of the feed to another, and the seal before it.
create table audit_seal (
  last_sequence integer primary key,
  first_sequence integer not null check (first_sequence between 1 and last_sequence),
  recorded_at text not null,
  previous text not null check (length(previous) = 64),
  hash text not null unique check (length(hash) = 64)
) strict;
--> statement-breakpoint
create trigger audit_seal_follows before insert on audit_seal
begin
  select raise(abort, 'audit-seal/out-of-order')
   where new.first_sequence <> 1 + coalesce((select max(last_sequence) from audit_seal), 0)
      or new.last_sequence > coalesce((select max(sequence) from event), 0)
      or new.previous <> coalesce((select hash from audit_seal order by last_sequence desc limit 1), printf('%064d', 0));
end;
--> statement-breakpoint
create trigger audit_seal_is_final before update on audit_seal begin select raise(abort, 'audit-seal/is-final'); end;
--> statement-breakpoint
create trigger audit_seal_is_kept before delete on audit_seal begin select raise(abort, 'audit-seal/is-final'); end;
