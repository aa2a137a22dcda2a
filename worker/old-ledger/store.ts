import type { IsoDate } from '#worker/core/dates.ts'
import { anywhere } from '#worker/core/text.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import { places, rowsOf } from '#worker/database/json-rows.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { OldAccount, OldEntry, OldParty } from './old-entry.ts'

export type OldLedger = {
  id: string
  /** The import whose file it is, where that has another id. */
  importJob: string | null
  name: string
  source: 'saft' | 'sheet'
  fileSha256: string
  fileSize: number
  fromDate: IsoDate | null
  toDate: IsoDate | null
  entries: number
  /** Sums of its debit and of its credit, in øre. */
  debit: number
  credit: number
  /** Null while it is written. */
  hash: string | null
  by: string
  at: string
  removedAt: string | null
  removedBy: string | null
  reason: string | null
}

type Row = ResultSet['rows'][number]
const orNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))

const ledgerOf = (r: Row): OldLedger => ({
  id: String(r.id),
  importJob: orNull(r.import_job),
  name: String(r.name),
  source: String(r.source) as OldLedger['source'],
  fileSha256: String(r.file_sha256),
  fileSize: Number(r.file_size),
  fromDate: orNull(r.from_date) as IsoDate | null,
  toDate: orNull(r.to_date) as IsoDate | null,
  entries: Number(r.entries),
  debit: Number(r.debit),
  credit: Number(r.credit),
  hash: orNull(r.hash),
  by: String(r.by),
  at: String(r.at),
  removedAt: orNull(r.removed_at),
  removedBy: orNull(r.removed_by),
  reason: orNull(r.reason),
})

/** Sealed ledgers, those that were removed included, the newest days first. */
export async function readOldLedgers(db: Database): Promise<OldLedger[]> {
  const { rows } = await db.execute(
    'select * from old_ledger where hash is not null order by removed_at is not null, to_date desc, id',
  )
  return rows.map(ledgerOf)
}

export async function readOldLedger(db: Database, id: string): Promise<OldLedger | undefined> {
  const { rows } = await db.execute({ sql: 'select * from old_ledger where id = ? and hash is not null', args: [id] })
  return rows[0] && ledgerOf(rows[0])
}

/** The ledger that stands of a file, if there is one. */
export async function readOldLedgerOf(db: Database, fileSha256: string): Promise<OldLedger | undefined> {
  const { rows } = await db.execute({
    sql: 'select * from old_ledger where file_sha256 = ? and hash is not null and removed_at is null limit 1',
    args: [fileSha256],
  })
  return rows[0] && ledgerOf(rows[0])
}

const json = (rows: unknown): string => JSON.stringify(rows)

/** Takes away what was written of a ledger that was never sealed, or of all that were begun before that instant. */
export const dropUnsealed = (of: { id: string } | { before: string }): InStatement[] => {
  const [held, arg] = 'id' in of ? ['id = ?', of.id] : ['at < ?', of.before]
  return [
    ...NAMED.map((table) => ({
      sql: `delete from ${table} where ledger in (select id from old_ledger where ${held} and hash is null)`,
      args: [arg],
    })),
    { sql: `delete from old_ledger where ${held} and hash is null`, args: [arg] },
  ]
}
const NAMED = ['old_entry', 'old_account', 'old_party'] as const

export const beginOldLedger = (
  l: Pick<OldLedger, 'id' | 'importJob' | 'name' | 'source' | 'by' | 'at'>,
): InStatement => ({
  sql: `insert into old_ledger (id, import_job, name, source, file_sha256, file_size, by, at) values (?, ?, ?, ?, '', 0, ?, ?)`,
  args: [l.id, l.importJob, l.name, l.source, l.by, l.at],
})

/** Entries after the first `count`, in the order of the file. */
export const insertOldEntries = (ledger: string, count: number, entries: readonly OldEntry[]): InStatement => ({
  sql: `insert into old_entry (ledger, line, account, entry_date, voucher, text, amount, party_kind, party, invoice_number,
          payment_reference, due_date, vat_code, currency, currency_amount)
        ${rowsOf('?3')} select ?1, cast(?2 as integer) + key + 1, ${places(0, 13)} from row`,
  args: [
    ledger,
    String(count),
    json(
      entries.map((e) => [
        e.account,
        e.entryDate,
        e.voucher,
        e.text,
        e.amount,
        e.partyKind,
        e.party,
        e.invoiceNumber,
        e.paymentReference,
        e.dueDate,
        e.vatCode,
        e.currency,
        e.currencyAmount,
      ]),
    ),
  ],
})

export const insertOldNames = (
  ledger: string,
  accounts: readonly OldAccount[],
  parties: readonly OldParty[],
): InStatement[] => [
  {
    sql: `insert into old_account (ledger, number, name, opening, closing)
          ${rowsOf('?2')} select ?1, ${places(0, 4)} from row`,
    args: [ledger, json(accounts.map((a) => [a.number, a.name, a.opening, a.closing]))],
  },
  {
    sql: `insert into old_party (ledger, kind, number, name, organisation_number)
          ${rowsOf('?2')} select ?1, ${places(0, 4)} from row`,
    args: [ledger, json(parties.map((p) => [p.kind, p.number, p.name, p.organisationNumber]))],
  },
]

export const sealOldLedger = (l: OldLedger): InStatement => ({
  sql: `update old_ledger set file_sha256 = ?1->>1, file_size = ?1->>2, from_date = ?1->>3, to_date = ?1->>4, entries = ?1->>5,
          debit = ?1->>6, credit = ?1->>7, hash = ?1->>8 where id = ?1->>0 and hash is null`,
  args: [json([l.id, l.fileSha256, l.fileSize, l.fromDate, l.toDate, l.entries, l.debit, l.credit, l.hash])],
})

/** Takes a ledger away whole: its row stays, with the hash of what it held and why it went. */
export const removeOldLedger = (id: string, by: string, at: string, reason: string): InStatement[] => [
  {
    sql: 'update old_ledger set removed_at = ?, removed_by = ?, reason = ? where id = ? and removed_at is null',
    args: [at, by, reason, id],
  },
  ...NAMED.map((table) => ({ sql: `delete from ${table} where ledger = ?`, args: [id] })),
]

const entryOf = (r: Row): OldEntry => ({
  account: String(r.account),
  entryDate: String(r.entry_date) as IsoDate,
  voucher: String(r.voucher),
  text: String(r.text),
  amount: Number(r.amount),
  partyKind: orNull(r.party_kind) as PartyKind | null,
  party: orNull(r.party),
  invoiceNumber: orNull(r.invoice_number),
  paymentReference: orNull(r.payment_reference),
  dueDate: orNull(r.due_date) as IsoDate | null,
  vatCode: orNull(r.vat_code),
  currency: orNull(r.currency),
  currencyAmount: orNull(r.currency_amount),
})

/** Entries of a ledger in the order of its file, after that line. */
export async function readLinesAfter(db: Database, ledger: string, line: number, limit: number): Promise<OldEntry[]> {
  const { rows } = await db.execute({
    sql: `select * from old_entry where ledger = ? and line > cast(? as integer) order by line limit cast(? as integer)`,
    args: [ledger, String(line), String(limit)],
  })
  return rows.map(entryOf)
}

export async function readOldAccounts(db: Database, ledger: string): Promise<OldAccount[]> {
  const { rows } = await db.execute({
    sql: 'select * from old_account where ledger = ? order by number',
    args: [ledger],
  })
  return rows.map((r) => ({
    number: String(r.number),
    name: String(r.name),
    opening: Number(r.opening),
    closing: Number(r.closing),
  }))
}

export async function readOldParties(db: Database, ledger: string): Promise<OldParty[]> {
  const { rows } = await db.execute({
    sql: 'select * from old_party where ledger = ? order by kind, number',
    args: [ledger],
  })
  return rows.map((r) => ({
    kind: String(r.kind) as PartyKind,
    number: String(r.number),
    name: String(r.name),
    organisationNumber: orNull(r.organisation_number),
  }))
}

/** An entry as it is found, with the names its ledger has for account and party. */
export type FoundEntry = OldEntry & { ledger: string; line: number; accountName: string; partyName: string | null }
/** What is asked for; everything given must hold. */
export type OldEntryQuery = {
  ledger?: string | undefined
  account?: string | undefined
  kind?: PartyKind | undefined
  /** One or several numbers of the party there. */
  parties?: readonly string[] | undefined
  fromDate?: string | undefined
  toDate?: string | undefined
  /** In øre, on either side. */
  amount?: number | undefined
  invoiceNumber?: string | undefined
  /** Words that all stand in text, voucher, invoice, party or account. */
  words?: readonly string[] | undefined
  cursor?: Cursor | undefined
}
export type Cursor = { entryDate: string; ledger: string; line: number }

function searchOf(query: OldEntryQuery): { where: string; args: string[] } {
  const where = ['l.hash is not null', 'l.removed_at is null']
  const args: string[] = []
  const also = (sql: string, ...values: string[]) => {
    where.push(sql)
    args.push(...values)
  }
  if (query.ledger !== undefined) also('e.ledger = ?', query.ledger)
  if (query.account !== undefined) also('e.account = ?', query.account)
  if (query.kind !== undefined) also('e.party_kind = ?', query.kind)
  if (query.parties !== undefined) also('e.party in (select value from json_each(?))', json(query.parties))
  if (query.fromDate !== undefined) also('e.entry_date >= ?', query.fromDate)
  if (query.toDate !== undefined) also('e.entry_date <= ?', query.toDate)
  if (query.amount !== undefined) also('abs(e.amount) = cast(? as integer)', String(Math.abs(query.amount)))
  if (query.invoiceNumber !== undefined) also('e.invoice_number = ?', query.invoiceNumber)
  for (const word of query.words ?? [])
    also(
      `(e.text || ' ' || e.voucher || ' ' || coalesce(e.invoice_number, '') || ' ' || coalesce(e.payment_reference, '') || ' ' ||
        coalesce(e.party, '') || ' ' || coalesce(p.name, '') || ' ' || e.account || ' ' || coalesce(a.name, '')) glob ?`,
      anywhere(word),
    )
  return { where: where.join(' and '), args }
}

const SEALED = 'from old_entry e join old_ledger l on l.id = e.ledger'
const NAMES = `left join old_account a on a.ledger = e.ledger and a.number = e.account
  left join old_party p on p.ledger = e.ledger and p.kind = e.party_kind and p.number = e.party`

function pageOf(query: OldEntryQuery, limit: number): InStatement {
  const { where, args } = searchOf(query)
  const { cursor } = query
  const after = cursor ? ' and (e.entry_date, e.ledger, e.line) < (?, ?, cast(? as integer))' : ''
  return {
    sql: `select e.*, coalesce(a.name, '') as account_name, p.name as party_name ${SEALED} ${NAMES} where ${where}${after}
          order by e.entry_date desc, e.ledger desc, e.line desc limit cast(? as integer)`,
    args: [...args, ...(cursor ? [cursor.entryDate, cursor.ledger, String(cursor.line)] : []), String(limit)],
  }
}

const foundOf = ({ rows }: ResultSet): FoundEntry[] =>
  rows.map((r) => ({
    ...entryOf(r),
    ledger: String(r.ledger),
    line: Number(r.line),
    accountName: String(r.account_name),
    partyName: orNull(r.party_name),
  }))

/** Entries that were found, the newest first. */
export const readOldEntries = async (db: Database, query: OldEntryQuery, limit: number): Promise<FoundEntry[]> =>
  foundOf(await db.execute(pageOf(query, limit)))

export type FoundSums = { entries: number; debit: number; credit: number }

/** The same, and on the first page how many entries there are in all, with their sums in øre. */
export async function searchOldEntries(
  db: Database,
  query: OldEntryQuery,
  limit: number,
): Promise<{ found: FoundEntry[]; sums: FoundSums | null }> {
  if (query.cursor) return { found: await readOldEntries(db, query, limit), sums: null }
  const { where, args } = searchOf(query)
  const all = {
    sql: `select count(*) as entries, coalesce(sum(max(e.amount, 0)), 0) as debit, coalesce(sum(max(-e.amount, 0)), 0) as credit
          ${SEALED} ${query.words ? NAMES : ''} where ${where}`,
    args,
  }
  const [page, sums] = await db.batch([pageOf(query, limit), all], 'read')
  const row = sums!.rows[0]!
  const [entries, debit, credit] = [Number(row.entries), Number(row.debit), Number(row.credit)]
  return { found: foundOf(page!), sums: { entries, debit, credit } }
}

/**
 * What a party of ours was called there, ledger by ledger: the number on its card as it was; else one with its organisation number; else
 * its own number, unless that was another's. With the first two given, the last is no more than a guess.
 */
export async function readOldNumbers(
  db: Database,
  { kind, number, externalNumber, organisationNumber }: Named,
): Promise<string[]> {
  const { rows } = await db.execute({
    sql: `with standing as (select id from old_ledger where hash is not null and removed_at is null),
          candidate as (
            select p.ledger, p.number, 1 as rank from standing l join old_party p on p.ledger = l.id
             where p.kind = ?1 and p.number = ?3
            union all
            select p.ledger, p.number, 2 from old_party p
             where p.organisation_number = ?4 and p.kind = ?1 and p.ledger in (select id from standing)
            union all
            select p.ledger, p.number, 3 from standing l join old_party p on p.ledger = l.id
             where ?3 is null and p.kind = ?1 and p.number = ?2
               and (p.organisation_number is null or ?4 is null or p.organisation_number = ?4)
          )
          select distinct number from candidate c
           where rank = (select min(rank) from candidate b where b.ledger = c.ledger)`,
    args: [kind, number, externalNumber, organisationNumber],
  })
  return rows.map((r) => String(r.number))
}

/**
 * What an account of ours was called there: the one it was mapped from when the company changed systems; else its own number, or the
 * old one on its card, unless that became another account.
 */
export async function readOldAccountNumber(
  db: Database,
  { number, externalNumber }: { number: string; externalNumber: string | null },
): Promise<string | undefined> {
  const { rows } = await db.execute({
    sql: `with mapped as (select m.key as was, m.value->>0 as becomes from saft_switch s, json_each(s.mapping) m
                           where s.import_job is not null)
          select a.number from old_account a join old_ledger l on l.id = a.ledger and l.removed_at is null and l.hash is not null
          left join mapped m on m.was = a.number
          where m.becomes = ?1 or (m.was is null and a.number in (?1, ?2))
          order by a.number = ?1 desc, m.becomes = ?1 desc limit 1`,
    args: [number, externalNumber ?? number],
  })
  return rows[0] && String(rows[0].number)
}
type Named = { kind: PartyKind; number: string; externalNumber: string | null; organisationNumber: string | null }
