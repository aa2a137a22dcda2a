import type { Database, ResultSet } from '#worker/database/connect.ts'
import type { Entry } from '#worker/ledger/entry.ts'
import type { Posted } from '#worker/ledger/hash-chain.ts'
import { type Invariant, type Offender, TOLD } from './check.ts'

/**
 * A check that is one statement: it gives what offends after a ledger version, `?1` (0 for all), and no row is a pass. `since` takes its
 * place where what is new is found in another way. `reads` are the tables that it goes through.
 */
export type SqlCheck = Invariant & { reads: readonly Table[]; offenders: string; since?: string }

const TABLES = [
  'voucher',
  'entry',
  'balance',
  'party_balance',
  'dimension_balance',
  'open_item',
  'item_match',
  'event',
  'period',
  'fiscal_year',
  'voucher_document',
  'recurring_run',
  'schedule',
  'vat_term_move',
] as const
export type Table = (typeof TABLES)[number]
/** Tables whose rows belong to a voucher: of those that came with later ones are counted. */
const OF_VOUCHERS = new Set<Table>(['voucher', 'entry', 'open_item', 'vat_term_move'])

/** Rows of each table after a ledger version (0: all), where the chain stands, and whose books the file says these are. */
export async function readCounts(db: Database, since: number) {
  const rowsOf = (table: Table) =>
    `(select count(*) from ${table}${OF_VOUCHERS.has(table) ? ' where ledger_version > cast(?1 as integer)' : ''}) as ${table}`
  const [counts, head, company, sealed] = await db.batch(
    [
      { sql: `select ${TABLES.map(rowsOf).join(', ')}`, args: [String(since)] },
      'select ledger_version, hash from voucher order by ledger_version desc limit 1',
      'select id from company',
      'select last_sequence, hash from audit_seal order by last_sequence desc limit 1',
    ],
    'read',
  )
  const row = counts!.rows[0]!
  const newest = head!.rows[0]
  const seal = sealed!.rows[0]
  return {
    rows: Object.fromEntries(TABLES.map((table) => [table, Number(row[table])])) as Record<Table, number>,
    ledgerVersion: newest ? Number(newest.ledger_version) : 0,
    chainHead: newest ? String(newest.hash) : '0'.repeat(64),
    seal: { sealedTo: Number(seal?.last_sequence ?? 0), hash: String(seal?.hash ?? '0'.repeat(64)) },
    company: company!.rows.map((r) => String(r.id)),
  }
}

/** Where the whole chain stands, also for an auditor (worker/access/audit-database.ts): it tells nothing of a voucher. */
export async function readChainHead(db: Database): Promise<{ ledgerVersion: number; chainHead: string }> {
  const { rows } = await db.execute(
    'select ledger_version, hash from main.voucher order by ledger_version desc limit 1',
  )
  const [row] = rows
  return { ledgerVersion: Number(row?.ledger_version ?? 0), chainHead: String(row?.hash ?? '0'.repeat(64)) }
}

/** The hashes alone of the vouchers after a ledger version, of all years: those between what an auditor reads hold it together. */
export async function readHashes(db: Database, after: number, count: number): Promise<[number, string][]> {
  const { rows } = await db.execute({
    sql: `select ledger_version, hash from main.voucher
          where ledger_version > cast(?1 as integer) and ledger_version <= cast(?1 as integer) + cast(?2 as integer)
          order by ledger_version`,
    args: [String(after), String(count)],
  })
  return rows.map((row) => [Number(row.ledger_version), String(row.hash)])
}

/** The first offenders of each check after a ledger version, and how many there are, in one round trip. */
export async function readOffenders(db: Database, checks: readonly SqlCheck[], since: number) {
  const asked = checks.map((check) => {
    const offenders = since > 0 ? (check.since ?? check.offenders) : check.offenders
    const args = offenders.includes('?1') ? [String(since)] : []
    return { sql: `select *, count(*) over () as violations from (${offenders}) limit ${TOLD}`, args }
  })
  return (await db.batch(asked, 'read')).map(offendersIn)
}

function offendersIn(found: ResultSet) {
  const told = found.columns.filter((column) => column !== 'violations')
  const offenderOf = (row: ResultSet['rows'][number]): Offender =>
    Object.fromEntries(told.map((column) => [column, row[column] as string | number | null]))
  return { offenders: found.rows.map(offenderOf), violations: Number(found.rows[0]?.violations ?? 0) }
}

/** A voucher as it stands in the file. */
export type ReadVoucher = Posted & { content: string | null; prevHash: string; hash: string }

const VOUCHER = `json_array(ledger_version, id, type, series, fiscal_year, number, voucher_date, document_date, vat_date, text,
  recorded_at, by, reversal_of, reason, import_job, external_id, facts_version, content, content_hash, prev_hash, hash)`
const ENTRY = `json_array(ledger_version, row_key, origin, account, party_kind, party, amount, vat_code, vat_rate, vat_side,
  vat_specification, vat_amount_reason, vat_overridden, json(dimensions), text, currency, currency_amount, rate, rate_unit,
  rate_source, quantity, invoice_number, due_date, payment_reference)`

/**
 * The vouchers after a ledger version, `count` places of the chain, with their entries in line order. Each page comes as two
 * JSON texts that the database writes: a value of its own for every column took four times as long.
 */
export async function readLinks(db: Database, after: number, count: number): Promise<[ReadVoucher, Entry[]][]> {
  const place = 'ledger_version > cast(? as integer) and ledger_version <= cast(? as integer)'
  const args = [String(after), String(after + count)]
  const [vouchers, entries] = await db.batch(
    [
      { sql: `select json_group_array(${VOUCHER} order by ledger_version) as rows from voucher where ${place}`, args },
      {
        sql: `select json_group_array(${ENTRY} order by ledger_version, line) as rows from entry where ${place}`,
        args,
      },
    ],
    'read',
  )
  const entriesOf = new Map<number, Entry[]>()
  for (const row of listIn(entries!)) {
    const list = entriesOf.get(row[0] as number)
    if (list) list.push(entryOf(row))
    else entriesOf.set(row[0] as number, [entryOf(row)])
  }
  return listIn(vouchers!).map((row) => [voucherOf(row), entriesOf.get(row[0] as number) ?? []])
}

const listIn = (result: ResultSet): unknown[][] => JSON.parse(String(result.rows[0]!.rows))

function voucherOf(r: unknown[]): ReadVoucher {
  const [ledgerVersion, id, type, series, fiscalYear, number, voucherDate, documentDate, vatDate, text] = r
  const [
    recordedAt,
    by,
    reversalOf,
    reason,
    importJob,
    externalId,
    factsVersion,
    content,
    contentHash,
    prevHash,
    hash,
  ] = r.slice(10)
  return {
    ...{ ledgerVersion, id, type, series, fiscalYear, number, voucherDate, documentDate, vatDate, text },
    ...{
      recordedAt,
      by,
      reversalOf,
      reason,
      importJob,
      externalId,
      factsVersion,
      content,
      contentHash,
      prevHash,
      hash,
    },
  } as ReadVoucher
}

function entryOf(r: unknown[]): Entry {
  const [, rowKey, origin, account, partyKind, party, amount, vatCode, vatRate, vatSide, vatSpecification] = r
  const [vatAmountReason, vatOverridden, dimensions, text, currency, currencyAmount, rate, rateUnit, rateSource] =
    r.slice(11)
  const [quantity, invoiceNumber, dueDate, paymentReference] = r.slice(20)
  return {
    ...{ rowKey, origin, account, partyKind, party, amount, vatCode, vatRate, vatSide, vatSpecification },
    ...{ vatAmountReason, vatOverridden: vatOverridden === 1, dimensions, text, currency, currencyAmount },
    ...{ rate, rateUnit, rateSource, quantity, invoiceNumber, dueDate, paymentReference },
  } as Entry
}

/** What opening balances posted on a day move, by account, in øre: the reports count them as opening. */
export async function readFirstDayMovements(
  db: Database,
  day: string,
  atVersion: number,
): Promise<Map<string, number>> {
  const { rows } = await db.execute({
    sql: `select e.account, sum(e.amount) as amount from voucher v join entry e using (ledger_version)
          where v.type = 'opening-balance' and v.voucher_date = ? and v.ledger_version <= cast(? as integer) group by 1`,
    args: [day, String(atVersion)],
  })
  return new Map(rows.map((r) => [String(r.account), Number(r.amount)]))
}

/** The earliest day that vouchers after a ledger version are of. */
export async function readFirstDateAfter(db: Database, since: number): Promise<string> {
  const sql = 'select min(voucher_date) as first from voucher where ledger_version > cast(? as integer)'
  const { rows } = await db.execute({ sql, args: [String(since)] })
  return String(rows[0]!.first)
}

/** Names and texts of everything the file's schema holds, and the migrations it says were applied. */
export async function readSchema(db: Database) {
  const [objects, migrations, loose] = await db.batch(
    [
      `select type, name, sql from sqlite_schema where name not like 'sqlite_%' and name <> 'schema_migration'
         and name not in (select name from pragma_table_list where type = 'shadow')`,
      'select tag, sha256 from schema_migration order by tag',
      `select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0 and name not like 'sqlite_%'`,
    ],
    'read',
  )
  return {
    objects: objects!.rows.map((r) => ({ type: String(r.type), name: String(r.name), sql: String(r.sql) })),
    migrations: migrations!.rows.map((r) => ({ tag: String(r.tag), sha256: String(r.sha256) })),
    looseTables: loose!.rows.map((r) => String(r.name)),
  }
}

/** The vouchers after a ledger version that a person or key posted outside the times given for them, and how many; none of what a backup brought. */
export async function readPostedWithout(
  db: Database,
  ways: readonly (readonly [string, string, string | null])[],
  since: number,
) {
  return offendersIn(
    await db.execute({
      sql: `with way as materialized (select value->>0 as who, value->>1 as since, value->>2 as until from json_each(?1))
        select id as voucher, by, recorded_at as at, count(*) over () as violations from voucher v
        where ledger_version > cast(?2 as integer) and (by glob 'usr_*' or by glob 'key_*')
          and recorded_at > coalesce((select max(recorded_at) from event where type = 'company.restored'), '')
          and not exists (select 1 from way where who = v.by and v.recorded_at >= since and v.recorded_at <= coalesce(until, '9'))
        limit ${TOLD}`,
      args: [JSON.stringify(ways), String(since)],
    }),
  )
}

/** The newest event's place; 0 when there is none. */
export const readLastSequence = async (db: Database): Promise<number> =>
  Number((await db.execute('select max(sequence) as last from event')).rows[0]!.last ?? 0)

/** The hashes that stand at these places of the chain. */
export async function readHashesAt(db: Database, ledgerVersions: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await db.execute({
    sql: 'select ledger_version, hash from voucher where ledger_version in (select value from json_each(?))',
    args: [JSON.stringify(ledgerVersions)],
  })
  return new Map(rows.map((r) => [Number(r.ledger_version), String(r.hash)]))
}

/** Where vouchers stand in the ledger, and the hash of what was sent in, of those that do. */
export async function readSentIn(
  db: Database,
  of: readonly { id: string }[],
): Promise<Map<string, { ledgerVersion: number; contentHash: string }>> {
  const { rows } = await db.execute({
    sql: 'select id, ledger_version, content_hash from voucher where id in (select value from json_each(?))',
    args: [JSON.stringify(of.map(({ id }) => id))],
  })
  return new Map(
    rows.map((r) => [String(r.id), { ledgerVersion: Number(r.ledger_version), contentHash: String(r.content_hash) }]),
  )
}

/** Of these matches, those that are not there, or not undone though they were. */
export async function readMatchesMissing(
  db: Database,
  of: readonly { id: string; undone: boolean }[],
): Promise<Set<string>> {
  const { rows } = await db.execute({
    sql: `select value ->> 0 as id from json_each(?) where not exists (
            select 1 from item_match m where m.id = value ->> 0 and (value ->> 1 = 0 or m.undone_at is not null))`,
    args: [JSON.stringify(of.map(({ id, undone }) => [id, undone ? 1 : 0]))],
  })
  return new Set(rows.map(({ id }) => String(id)))
}

export type NamedVoucher = { id: string; series: string; fiscalYear: number; number: number; ledgerVersion: number }

/** What vouchers are called, by id or by place in the chain. */
export async function readNamedVouchers(
  db: Database,
  ids: readonly string[],
  ledgerVersions: readonly number[],
): Promise<NamedVoucher[]> {
  const { rows } = await db.execute({
    sql: `select id, series, fiscal_year, number, ledger_version from voucher
          where id in (select value from json_each(?1)) or ledger_version in (select value from json_each(?2))`,
    args: [JSON.stringify(ids), JSON.stringify(ledgerVersions)],
  })
  return rows.map((r) => ({
    id: String(r.id),
    series: String(r.series),
    fiscalYear: Number(r.fiscal_year),
    number: Number(r.number),
    ledgerVersion: Number(r.ledger_version),
  }))
}

/**
 * The files that were brought in, each object once, with what its rows tell of size and hash. The rows of a SAF-T file tell what it
 * holds, and where that is one of several in a ZIP archive it is not what the object is. An import under way has no file yet, and a
 * file of several parts no hash of its own.
 */
export async function readImportedFiles(db: Database) {
  const { rows } = await db.execute(`
    select min(id) as id, key, json_group_array(json_object('size', size, 'sha256', sha256)) as told, min(archived) as archived from (
      select id, file_key as key, file_size as size, file_sha256 as sha256, 0 as archived from sheet_import
      union all select id, file_key, file_size, file_sha256, 1 from import_job where file_key is not null
      union all select id, file_key, file_size, null, 1 from saft_switch_file)
    group by key order by key`)
  return rows.map((r) => ({
    id: String(r.id),
    objectKey: String(r.key),
    told: JSON.parse(String(r.told)) as { size: number; sha256: string | null }[],
    mayBeArchived: Number(r.archived) === 1,
  }))
}

/** What documents say of their files, some hundreds at a time. */
export async function* readKeptFiles(db: Database) {
  for (let after = 0, count = 500; count === 500; ) {
    const { rows } = await db.execute({
      sql: 'select stamp, object_key, size, sha256 from document where stamp > cast(? as integer) order by stamp limit 500',
      args: [String(after)],
    })
    const page = rows.map((r) => ({
      stamp: Number(r.stamp),
      objectKey: String(r.object_key),
      told: [{ size: Number(r.size), sha256: String(r.sha256) }],
    }))
    yield page
    count = page.length
    after = page.at(-1)?.stamp ?? after
  }
}

/** What the file says of its own health. `settings` are those of the connection, where the server tells them. */
export async function readHealth(db: Database) {
  const integrity = await db.execute(`pragma integrity_check(${TOLD})`)
  const orphans = await db.execute(
    `select "table", parent, count(*) over () as violations from pragma_foreign_key_check limit ${TOLD}`,
  )
  const settings = await db.batch(['pragma journal_mode', 'pragma synchronous'], 'read').catch(() => undefined)
  return {
    faults: integrity.rows.map((r) => String(r[0])).filter((fault) => fault !== 'ok'),
    orphans: orphans.rows.map((r) => ({ table: String(r.table), parent: String(r.parent) })),
    orphanCount: Number(orphans.rows[0]?.violations ?? 0),
    settings: settings && {
      journalMode: String(settings[0]!.rows[0]![0]),
      synchronous: Number(settings[1]!.rows[0]![0]),
    },
  }
}
