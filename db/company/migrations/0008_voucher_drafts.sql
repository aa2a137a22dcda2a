-- Drafts of vouchers (kladd): rows of cells that people write together, before anything is judged or booked. Nothing here is
-- evidence; a draft that was deleted can be had back for thirty days.

create table voucher_draft (
  id text primary key check (id glob 'dra_*'),
  -- Counts what was written in it. A row carries the version it came with, so that one who has seen version 7 knows what is new.
  version integer not null default 0 check (version >= 0),
  created_by text not null,
  created_at text not null,
  changed_by text not null,
  changed_at text not null,
  deleted_by text,
  deleted_at text
) strict, without rowid;
--> statement-breakpoint
create table voucher_draft_row (
  draft text not null references voucher_draft (id) on delete cascade,
  key text not null,
  position text not null,
  cells text not null check (json_type(cells) = 'object'),
  -- A row that was taken away stays as a mark of it, so that those who have not seen it yet are told.
  removed integer not null default 0 check (removed in (0, 1)),
  version integer not null,
  by text not null,
  at text not null,
  primary key (draft, key)
) strict, without rowid;
--> statement-breakpoint
create index voucher_draft_row_since on voucher_draft_row (draft, version);
