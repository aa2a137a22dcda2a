-- The log of the control plane. Written with what it tells of, sealed afterwards as a company's events are; nothing was in it before.

drop table control_log;
--> statement-breakpoint
-- Who did what outside the books: signing in, users, rights, keys, offices. `user` is whom it concerns; company or office, where.
create table control_log (
  sequence integer primary key check (sequence > 0), type text not null, recorded_at text not null, by text not null,
  user text, company text, office text, subject text not null,
  changes text check (changes is null or json_valid(changes)), origin text check (origin is null or json_valid(origin))
) strict;
--> statement-breakpoint
create index control_log_user on control_log (user, sequence) where user is not null;
--> statement-breakpoint
create index control_log_by on control_log (by, sequence);
--> statement-breakpoint
create index control_log_company on control_log (company, sequence) where company is not null;
--> statement-breakpoint
create index control_log_office on control_log (office, sequence) where office is not null;
--> statement-breakpoint
create trigger control_log_follows before insert on control_log
begin
  select raise(abort, 'control-log/out-of-order')
   where new.sequence <> 1 + coalesce((select max(sequence) from control_log), 0);
end;
--> statement-breakpoint
create trigger control_log_is_final before update on control_log begin select raise(abort, 'control-log/is-final'); end;
--> statement-breakpoint
create trigger control_log_is_kept before delete on control_log begin select raise(abort, 'control-log/is-final'); end;
--> statement-breakpoint
-- The chain: each seal covers the seal before it and every column of its entries. Recipe: docs/audit-log.md.
create table control_seal (
  last_sequence integer primary key, first_sequence integer not null unique check (first_sequence <= last_sequence),
  recorded_at text not null,
  previous text not null check (length(previous) = 64), hash text not null unique check (length(hash) = 64)
) strict;
--> statement-breakpoint
create trigger control_seal_follows before insert on control_seal
begin
  select raise(abort, 'control-seal/out-of-order')
   where new.first_sequence <> 1 + coalesce((select max(last_sequence) from control_seal), 0)
      or new.last_sequence > coalesce((select max(sequence) from control_log), 0)
      or new.previous <> coalesce((select hash from control_seal order by last_sequence desc limit 1), printf('%064d', 0));
end;
--> statement-breakpoint
create trigger control_seal_is_final before update on control_seal begin select raise(abort, 'control-seal/is-final'); end;
--> statement-breakpoint
create trigger control_seal_is_kept before delete on control_seal begin select raise(abort, 'control-seal/is-final'); end;
--> statement-breakpoint
-- What is known of earlier sign-ins moves in; from now on it is written in one place.
insert into control_log (sequence, type, recorded_at, by, user, subject, origin)
select row_number() over (order by at, id), 'user.' || kind, at, user, user, user,
       json_object('network', '', 'device', coalesce(device, ''), 'place', coalesce(place, ''))
  from sign_in_event;
--> statement-breakpoint
drop table sign_in_event;
