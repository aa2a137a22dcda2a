-- A large file on its way in, part by part, so that a lost connection costs one part. It belongs to whoever sends it.
create table upload (
  id text primary key check (id glob 'upl_*'),
  by text not null, file_name text, file_key text not null, multipart text not null,
  size integer not null check (size > 0), part_size integer not null check (part_size > 0),
  created_at text not null, completed_at text
) strict, without rowid;
--> statement-breakpoint
create index upload_created on upload (created_at);
--> statement-breakpoint
create table upload_part (
  upload text not null references upload (id) on delete cascade,
  number integer not null check (number > 0), etag text not null, size integer not null,
  primary key (upload, number)
) strict, without rowid;
