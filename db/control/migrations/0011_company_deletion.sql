-- Companies on their way out: asked for by an administrator, undone while there is time, carried out by the night. What remains is the proof.

-- Set while a company waits to be deleted: it can be read, and nothing can be written in it.
alter table company add column deletes_at text;
--> statement-breakpoint
-- No name of anybody stands here: who asked is an id, and the proof has figures and hashes only.
create table company_deletion (
  id text primary key check (id glob 'del_*'), company text not null references company (id),
  asked_at text not null, asked_by text not null,
  ground text not null check (ground in ('retention-over', 'kept-elsewhere', 'no-bookkeeping', 'never-opened')),
  retention_until text, deletes_at text not null,
  undone_at text, undone_by text,
  found text check (found is null or json_valid(found)),         -- what there was, written down before any of it goes
  dropping_at text,                                               -- from here on the database may be gone
  done_at text, proof text, proof_hash text, signature text,
  check ((done_at is null) = (proof is null)), check ((done_at is null) = (proof_hash is null)),
  check (undone_at is null or (done_at is null and dropping_at is null))
) strict;
--> statement-breakpoint
create unique index company_deletion_open on company_deletion (company) where undone_at is null;
--> statement-breakpoint
create trigger company_deletion_is_final before update on company_deletion when old.done_at is not null or old.undone_at is not null
begin select raise(abort, 'company-deletion/final'); end;
--> statement-breakpoint
create trigger company_deletion_is_kept before delete on company_deletion
begin select raise(abort, 'company-deletion/final'); end;
