-- What vouchers rest on: documents with the number they were stamped with on arrival, where they are attached, and their log;
-- comments on vouchers; and which voucher puts which right. Nothing here is taken away again.

-- One for each file, by its content: the same bytes are the same document. The bytes lie in the object store.
create table document (
  stamp integer primary key check (stamp > 0),                   -- in order of arrival, without gaps
  id text not null unique check (id glob 'doc_*'),               -- made from the SHA-256
  sha256 text not null unique check (length(sha256) = 64),
  object_key text not null unique, size integer not null check (size > 0),
  media_type text not null, file_name text,
  recorded_at text not null, by text not null,
  rejected_at text, rejected_by text, rejected_reason text,
  version integer not null default 1,
  check ((rejected_at is null) = (rejected_by is null) and (rejected_at is null) = (rejected_reason is null))
) strict;
--> statement-breakpoint
create table voucher_document (
  ledger_version integer not null references voucher (ledger_version),
  stamp integer not null references document (stamp),
  recorded_at text not null, by text not null,
  primary key (ledger_version, stamp)
) strict, without rowid;
--> statement-breakpoint
create index voucher_document_stamp on voucher_document (stamp, ledger_version);
--> statement-breakpoint
create table document_log (
  sequence integer primary key,
  stamp integer not null references document (stamp),
  what text not null check (what in ('arrived', 'attached', 'read', 'rejected', 'restored')),
  voucher text references voucher (id), reason text,
  recorded_at text not null, by text not null
) strict;
--> statement-breakpoint
create index document_log_stamp on document_log (stamp, sequence);
--> statement-breakpoint

create trigger document_follows before insert on document
begin
  select raise(abort, 'document/stamp-not-next')
   where new.stamp <> 1 + coalesce((select max(stamp) from document), 0) or new.rejected_at is not null;
end;
--> statement-breakpoint
create trigger document_arrives after insert on document
begin
  insert into document_log (stamp, what, recorded_at, by) values (new.stamp, 'arrived', new.recorded_at, new.by);
end;
--> statement-breakpoint
-- A document changes only by being rejected, and by being taken back from that.
create trigger document_is_final before update on document
begin
  select raise(abort, 'document/is-final')
   where new.stamp <> old.stamp or new.id <> old.id or new.sha256 <> old.sha256 or new.object_key <> old.object_key
      or new.size <> old.size or new.media_type <> old.media_type or new.file_name is not old.file_name
      or new.recorded_at <> old.recorded_at or new.by <> old.by;
  select raise(abort, 'document/attached')
   where new.rejected_at is not null and exists (select 1 from voucher_document where stamp = new.stamp);
end;
--> statement-breakpoint
create trigger document_is_rejected after update of rejected_at on document when new.rejected_at is not null and old.rejected_at is null
begin
  insert into document_log (stamp, what, reason, recorded_at, by)
    values (new.stamp, 'rejected', new.rejected_reason, new.rejected_at, new.rejected_by);
end;
--> statement-breakpoint
create trigger document_is_kept before delete on document begin select raise(abort, 'document/is-final'); end;
--> statement-breakpoint
create trigger rejected_document_is_not_attached before insert on voucher_document
begin
  select raise(abort, 'document/rejected') where (select rejected_at from document where stamp = new.stamp) is not null;
end;
--> statement-breakpoint
create trigger document_is_attached after insert on voucher_document
begin
  insert into document_log (stamp, what, voucher, recorded_at, by)
    select new.stamp, 'attached', id, new.recorded_at, new.by from voucher where ledger_version = new.ledger_version;
end;
--> statement-breakpoint
create trigger voucher_document_is_final before update on voucher_document begin select raise(abort, 'document/is-final'); end;
--> statement-breakpoint
create trigger voucher_document_is_kept before delete on voucher_document begin select raise(abort, 'document/is-final'); end;
--> statement-breakpoint
create trigger document_log_is_final before update on document_log begin select raise(abort, 'document/is-final'); end;
--> statement-breakpoint
create trigger document_log_is_kept before delete on document_log begin select raise(abort, 'document/is-final'); end;
--> statement-breakpoint

create table voucher_comment (
  sequence integer primary key,
  id text not null unique check (id glob 'cmt_*'),
  ledger_version integer not null references voucher (ledger_version),
  text text not null check (length(text) between 1 and 2000),
  recorded_at text not null, by text not null
) strict;
--> statement-breakpoint
create index voucher_comment_voucher on voucher_comment (ledger_version, sequence);
--> statement-breakpoint
create trigger voucher_comment_is_final before update on voucher_comment begin select raise(abort, 'comment/is-final'); end;
--> statement-breakpoint
create trigger voucher_comment_is_kept before delete on voucher_comment begin select raise(abort, 'comment/is-final'); end;
--> statement-breakpoint

-- A voucher that was posted to put another right, which is reversed.
create table voucher_correction (
  ledger_version integer primary key references voucher (ledger_version),
  corrects text not null references voucher (id)
) strict;
--> statement-breakpoint
create index voucher_correction_of on voucher_correction (corrects);
--> statement-breakpoint
create trigger correction_follows_reversal before insert on voucher_correction
begin
  select raise(abort, 'voucher/not-reversed')
   where not exists (select 1 from voucher where reversal_of = new.corrects);
end;
--> statement-breakpoint
create trigger voucher_correction_is_final before update on voucher_correction begin select raise(abort, 'voucher/already-posted'); end;
--> statement-breakpoint
create trigger voucher_correction_is_kept before delete on voucher_correction begin select raise(abort, 'voucher/already-posted'); end;
