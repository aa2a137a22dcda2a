-- What one should know of a customer or supplier, in several lines.
alter table party add column note text check (note is null or length(note) <= 4000);
