/** What lies first in an archive of a company, for whoever opens it without us, in both languages. */
export const LEAVE_NOTE = `HOVEDBOK: ARKIV AV ETT FIRMA

manifest.json   hvilket firma, hvor langt hovedboken var kommet (ledgerVersion) og kjedens siste hash (chainHead)
tables/         hver tabell, én rad på hver linje som en JSON-liste i samme rekkefølge som «columns» i manifest.json
documents/      hvert dokument under sin SHA-256; tables/document.jsonl sier navn, type og stempelnummer
imports/        filene som ble importert
sums.json       størrelse og SHA-256 av hver fil

Beløp er hele øre, debet positivt. Dager er ÅÅÅÅ-MM-DD, tidspunkter er UTC. voucher er bilag, entry er posteringer (ledger_version
sier hvilket bilag), account er kontoplanen, party er kunder og leverandører. Kjeden kan regnes etter uten oss: hver hash er
SHA-256 av hashen før og bilagets innhold, slik dokumentasjonen om hashkjeden viser.
Arkivet kan legges inn igjen som nytt firma i Hovedbok.

----------------------------------------------------------------------------------------------------------------------

HOVEDBOK: ARCHIVE OF ONE COMPANY

manifest.json   which company, how far the ledger had come (ledgerVersion) and the chain's newest hash (chainHead)
tables/         each table, one row a line as a JSON list in the order of "columns" in manifest.json
documents/      each document under its SHA-256; tables/document.jsonl has name, type and stamp number
imports/        the files that were imported
sums.json       size and SHA-256 of every file

Amounts are whole øre, debit positive. Days are YYYY-MM-DD, instants are UTC. voucher, entry (ledger_version says of which voucher),
account (chart of accounts), party (customers and suppliers). The chain can be computed without us: each hash is the SHA-256 of the
hash before it and the voucher's content, as the documentation of the hash chain shows.
The archive can be restored as a new company in Hovedbok.
`
