-- Answers to requests with an Idempotency-Key about what is made here and in no company's books, kept for 30 days. `place`: the
-- company, or who called. Status 102: the work goes on, or was cut off. A secret that is told once stands in none of them.
create table request_key (
  place text not null, key text not null check (length(key) <= 128), request_hash text not null, status integer not null,
  answer text not null check (json_valid(answer)), recorded_at text not null,
  primary key (place, key)
) strict, without rowid;
--> statement-breakpoint
create index request_key_recorded on request_key (recorded_at);
