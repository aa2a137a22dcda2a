-- What was taken over before a take-over could be finished counts as finished, as whoever brought it in left it.
update import_job set agreed_at = recorded_at, agreed_by = by, agreed_version = receipt ->> '$.ledgerVersion'
where kind = 'saft' and receipt is not null and agreed_at is null;
