-- Every name a renamed party has had, its present one too: vouchers are indexed once, with the name their parties had then, and are
-- looked for under each. Parties that keep their first name have no rows.
create table party_name (
  kind text not null, number text not null, name text not null,
  primary key (kind, number, name)
) strict, without rowid;
--> statement-breakpoint
create trigger party_keeps_its_names after update of name on party when new.name is not old.name
begin insert or ignore into party_name (kind, number, name) values (old.kind, old.number, old.name), (new.kind, new.number, new.name); end;
--> statement-breakpoint
insert or ignore into party_name (kind, number, name)
select p.kind, p.number, n.value from event e
  join party p on p.kind = substr(e.subject, 1, instr(e.subject, ' ') - 1) and p.number = substr(e.subject, instr(e.subject, ' ') + 1)
  join json_each(json_insert(e.changes -> '$.name', '$[#]', p.name)) n
where e.type = 'party.changed' and n.type = 'text';
