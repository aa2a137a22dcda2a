import type { Role } from '#worker/access/permission.ts'
import type { Instant, IsoDate, Month } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import { places, rowsOf } from '#worker/database/json-rows.ts'
import type { Account } from './account.ts'
import { insertBeside } from './attachment-store.ts'
import { balanceRowsOf } from './balance.ts'
import type { Facts, FiscalYear, LockLevel, Party, SplitKey, VoucherType } from './books.ts'
import type { Entry } from './entry.ts'
import { GENESIS, type Head, type Posted } from './hash-chain.ts'
import { changeMatches, type Matching, matchEvents } from './item-store.ts'
import { changeSchedules, NO_SCHEDULING, type Scheduling } from './schedule-store.ts'

type Row = ResultSet['rows'][number]
const text = (value: unknown): string => String(value)
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))
const list = (value: unknown): string[] => JSON.parse(String(value))

/** A posted voucher as stored, with the hash before it and its own. */
export type StoredVoucher = Posted & { prevHash: string; hash: string; content: string | null }

/** Everything but the parties that a voucher is judged by, the chain's head and the last number of each series. */
export type WriterFacts = { facts: Facts; head: Head; lastNumbers: Map<string, number> }

const FACTS: readonly string[] = [
  'select c.*, t.finished_at as taken_over_at from company c left join takeover t',
  'select * from account order by number',
  'select * from vat_code order by code',
  'select rate_class, valid_from, rate from vat_rate order by rate_class, valid_from',
  'select t.*, r.* from voucher_type t left join voucher_type_rule r on r.voucher_type = t.key order by t.key',
  'select year, first_date, last_date from fiscal_year order by first_date',
  `select month, year, level, (select max(recorded_at) from period_lock l
     where p.level <> 'open' and p.month between l.from_month and l.to_month) as locked_at from period p order by month`,
  'select * from dimension order by position, key',
  'select dimension, code, name, closed_from from dimension_value order by dimension, code',
  'select account, dimension, rule from dimension_rule',
  // Time never goes back, neither along the chain nor from what was matched or undone last.
  `select ledger_version, hash, max(recorded_at, coalesce((select max(recorded_at) from item_match), ''),
     coalesce((select max(undone_at) from item_match), '')) as recorded_at from voucher order by ledger_version desc limit 1`,
  'select series, fiscal_year, last_number from number_series',
  'select * from split_key order by code',
  'select scope, from_month, to_month, level from scope_lock order by rowid desc',
  'select account, dimension, value from dimension_default',
]

export const seriesKey = (series: string, fiscalYear: number): string => `${series} ${fiscalYear}`

/** The facts and the head, in one round trip and from one moment. */
export async function readFacts(db: Database): Promise<WriterFacts> {
  const [
    company,
    accounts,
    vatCodes,
    rates,
    types,
    years,
    periods,
    dimensions,
    values,
    rules,
    head,
    series,
    keys,
    scopes,
    usual,
  ] = await db.batch([...FACTS], 'read')
  const own = company!.rows[0]!
  const facts: Facts = {
    company: {
      id: text(own.id) as CompanyId,
      vatRegistered: own.vat_registered === 1,
      reverseChargeLiable: own.reverse_charge_liable === 1,
      vatAmountLimit: Number(own.vat_amount_limit),
      matchDifferenceLimit: Number(own.match_difference_limit),
      cutOverDate: textOrNull(own.cut_over_date),
      takenOverAt: textOrNull(own.taken_over_at),
      currency: text(own.currency),
    },
    factsVersion: Number(own.facts_version),
    accounts: accounts!.rows.map(accountOf),
    vatCodes: vatCodes!.rows.map((r) => ({
      code: text(r.code),
      direction: text(r.direction) as Facts['vatCodes'][number]['direction'],
      rateClass: textOrNull(r.rate_class),
      deductible: r.deductible === 1,
      outputAccount: textOrNull(r.output_account),
      inputAccount: textOrNull(r.input_account),
      validFrom: textOrNull(r.valid_from),
      validTo: textOrNull(r.valid_to),
      specifications: list(r.specifications),
      nameNb: text(r.name_nb),
      nameEn: text(r.name_en),
    })),
    vatRates: rates!.rows.map((r) => ({
      rateClass: text(r.rate_class),
      validFrom: text(r.valid_from),
      rate: Number(r.rate),
    })),
    voucherTypes: types!.rows.map(voucherTypeOf),
    fiscalYears: years!.rows.map(fiscalYearOf),
    periods: periods!.rows.map((r) => ({
      month: text(r.month) as Month,
      year: Number(r.year),
      level: text(r.level) as LockLevel,
      ...(r.locked_at !== null && { lockedAt: text(r.locked_at) as Instant }),
    })),
    dimensions: dimensions!.rows.map((r) => ({
      key: text(r.key),
      nameNb: text(r.name_nb),
      nameEn: text(r.name_en),
      values: values!.rows
        .filter((v) => v.dimension === r.key)
        .map((v) => ({ code: text(v.code), name: text(v.name), closedFrom: textOrNull(v.closed_from) })),
      rules: Object.fromEntries(
        rules!.rows
          .filter((rule) => rule.dimension === r.key)
          .map((rule) => [text(rule.account), text(rule.rule) as 'required' | 'forbidden']),
      ),
      defaults: Object.fromEntries(
        usual!.rows.filter((d) => d.dimension === r.key).map((d) => [text(d.account), text(d.value)]),
      ),
    })),
    parties: [],
    splitKeys: keys!.rows.map(splitKeyOf),
    scopeLocks: scopes!.rows.map((r) => ({
      scope: text(r.scope),
      fromMonth: text(r.from_month),
      toMonth: text(r.to_month),
      level: text(r.level) as LockLevel,
    })),
  }
  const lastNumbers = new Map(
    series!.rows.map((r) => [seriesKey(text(r.series), Number(r.fiscal_year)), Number(r.last_number)]),
  )
  return { facts, head: headOf(head!.rows[0]), lastNumbers }
}

export const accountOf = (r: Row): Account => ({
  number: text(r.number),
  nameNb: text(r.name_nb),
  nameEn: text(r.name_en),
  type: text(r.type) as Account['type'],
  control: textOrNull(r.control) as Account['control'],
  defaultVatCode: textOrNull(r.default_vat_code),
  vatCodeRequired: r.vat_code_required === 1,
  allowedVatCodes: r.allowed_vat_codes === null ? null : list(r.allowed_vat_codes),
  groupingCategory: textOrNull(r.grouping_category),
  groupingCode: textOrNull(r.grouping_code),
  closedFrom: textOrNull(r.closed_from),
  ...(r.external_number !== null && { externalNumber: text(r.external_number) }),
})

export const voucherTypeOf = (r: Row): VoucherType => ({
  key: text(r.key),
  series: text(r.series),
  nameNb: text(r.name_nb),
  nameEn: text(r.name_en),
  active: r.active === 1,
  allowedRoles: r.allowed_roles === null ? null : (list(r.allowed_roles) as Role[]),
  required: r.required === null ? [] : list(r.required),
  proposedAccount: textOrNull(r.proposed_account),
  proposedCounterAccount: textOrNull(r.proposed_counter_account),
  offeredForPayment: r.offered_for_payment === 1,
})

const fiscalYearOf = (r: Row): FiscalYear => ({
  year: Number(r.year),
  firstDate: text(r.first_date) as IsoDate,
  lastDate: text(r.last_date) as IsoDate,
})

export const splitKeyOf = (r: Row): SplitKey => ({
  code: text(r.code),
  name: text(r.name),
  dimension: text(r.dimension),
  shares: (JSON.parse(text(r.shares)) as [string, number][]).map(([code, weight]) => ({ code, weight })),
  active: r.active === 1,
})

export const headOf = (r: Row | undefined): Head =>
  r
    ? { ledgerVersion: Number(r.ledger_version), hash: text(r.hash), recordedAt: text(r.recorded_at) as Instant }
    : GENESIS

export async function readHead(db: Database): Promise<Head> {
  return headOf((await db.execute(FACTS[10]!)).rows[0])
}

const partyOf = (r: Row): Party => ({
  kind: text(r.kind) as Party['kind'],
  number: text(r.number),
  name: text(r.name),
  controlAccount: text(r.control_account),
  active: r.active === 1,
  ...(r.organisation_number !== null && { organisationNumber: text(r.organisation_number) }),
  ...(r.external_number !== null && { externalNumber: text(r.external_number) }),
  usual: {
    account: textOrNull(r.default_account),
    vatCode: textOrNull(r.default_vat_code),
    paymentTermsDays: r.payment_terms_days === null ? null : Number(r.payment_terms_days),
    dimensions: r.default_dimensions === null ? null : JSON.parse(text(r.default_dimensions)),
  },
})

const PARTY = `select kind, number, name, control_account, active, organisation_number, external_number, default_account, default_vat_code, payment_terms_days,
  default_dimensions from party`

/** Those of the named parties that exist, whichever kind; numbers as text. */
export async function readParties(db: Database, numbers: readonly string[]): Promise<Party[]> {
  const found = await db.execute({
    sql: `${PARTY} where number in (select value from json_each(?)) and kind in ('customer', 'supplier')`,
    args: [JSON.stringify(numbers)],
  })
  return found.rows.map(partyOf)
}

/** All parties, for grid and add-in. */
export async function readAllParties(db: Database): Promise<Party[]> {
  return (await db.execute(`${PARTY} order by kind, number`)).rows.map(partyOf)
}

export const voucherOf = (r: Row): StoredVoucher => ({
  ledgerVersion: Number(r.ledger_version),
  id: text(r.id),
  type: text(r.type),
  series: text(r.series),
  fiscalYear: Number(r.fiscal_year),
  number: Number(r.number),
  voucherDate: text(r.voucher_date) as IsoDate,
  documentDate: text(r.document_date) as IsoDate,
  vatDate: text(r.vat_date) as IsoDate,
  text: text(r.text),
  recordedAt: text(r.recorded_at) as Instant,
  by: text(r.by),
  reversalOf: textOrNull(r.reversal_of),
  reason: textOrNull(r.reason),
  importJob: textOrNull(r.import_job),
  externalId: textOrNull(r.external_id),
  factsVersion: Number(r.facts_version),
  contentHash: text(r.content_hash),
  content: textOrNull(r.content),
  prevHash: text(r.prev_hash),
  hash: text(r.hash),
})

export const entryOf = (r: Row): Entry =>
  ({
    rowKey: text(r.row_key),
    origin: text(r.origin),
    account: text(r.account),
    partyKind: textOrNull(r.party_kind),
    party: textOrNull(r.party),
    amount: Number(r.amount),
    vatCode: textOrNull(r.vat_code),
    vatRate: r.vat_rate === null ? null : Number(r.vat_rate),
    vatSide: textOrNull(r.vat_side),
    vatSpecification: textOrNull(r.vat_specification),
    vatAmountReason: textOrNull(r.vat_amount_reason),
    vatOverridden: r.vat_overridden === 1,
    dimensions: r.dimensions === null ? null : JSON.parse(text(r.dimensions)),
    text: text(r.text),
    currency: textOrNull(r.currency),
    currencyAmount: r.currency_amount === null ? null : Number(r.currency_amount),
    rate: textOrNull(r.rate),
    rateUnit: r.rate_unit === null ? null : Number(r.rate_unit),
    rateSource: textOrNull(r.rate_source),
    quantity: textOrNull(r.quantity),
    invoiceNumber: textOrNull(r.invoice_number),
    dueDate: textOrNull(r.due_date),
    paymentReference: textOrNull(r.payment_reference),
  }) as Entry

/** The place of the newest posted voucher; 0 without any. */
export async function readLedgerVersion(db: Database): Promise<number> {
  const { rows } = await db.execute('select coalesce(max(ledger_version), 0) as newest from voucher')
  return Number(rows[0]!.newest)
}

/** The posted vouchers among these ids. */
export const selectVouchersById = (ids: readonly string[]): InStatement => ({
  sql: 'select * from voucher where id in (select value from json_each(?))',
  args: [JSON.stringify(ids)],
})

export async function readVouchersById(db: Database, ids: readonly string[]): Promise<StoredVoucher[]> {
  return (await db.execute(selectVouchersById(ids))).rows.map(voucherOf)
}

export type NewVoucher = StoredVoucher & {
  entries: readonly Entry[]
  eventType: string
  documents?: readonly string[] | undefined
  corrects?: string | undefined
  /** The first day of the month that takes its VAT, when that is not its document's. */
  termDay?: IsoDate | undefined
  /** Where it came from (`worker/events/origin.ts`). */
  origin?: string | undefined
}

const INSERT_VOUCHERS = `insert into voucher (ledger_version, id, type, series, fiscal_year, number, voucher_date,
  document_date, vat_date, text, recorded_at, by, entry_count, reversal_of, reason, import_job, external_id, facts_version,
  content, content_hash, prev_hash, hash)
  ${rowsOf()} select ${places(0, 22)} from row order by key`
const INSERT_TERM_MOVES = `insert into vat_term_move (ledger_version, term_day) select ${places(0, 2)} from json_each(?)`
const upsert = (table: string, keys: string, count: number): string => `insert into ${table} (${keys}, debit, credit)
  ${rowsOf()} select ${places(0, count + 2)} from row where true
  on conflict do update set debit = debit + excluded.debit, credit = credit + excluded.credit`
const ADD_BALANCES = upsert('balance', 'account, month', 2)
const ADD_PARTY_BALANCES = upsert('party_balance', 'party_kind, party, account, month', 4)
const ADD_DIMENSION_BALANCES = upsert('dimension_balance', 'dimension, value, account, month', 4)
/** Events next in the feed. A ledger version that is left out is the chain's; a clock that goes back does not go back in the feed. */
export const INSERT_EVENTS = `insert into event (sequence, type, recorded_at, by, ledger_version, subject, touched, changes, origin)
  ${rowsOf('?1')} select coalesce((select max(sequence) from event), 0) + key + 1, value->>0,
    max(value->>1, coalesce((select recorded_at from event order by sequence desc limit 1), '')), value->>2,
    coalesce(value->>3, (select max(ledger_version) from voucher), 0), ${places(4, 3)}, coalesce(value->>7, ?2) from row order by key`

/**
 * The statements that post: entries (which make their open items), then the voucher rows whose triggers judge them, then
 * balances, matches and schedules where there are any, and events. One batch, a handful of set-based statements however many vouchers there
 * are. Nothing else inserts entries.
 */
export function insertPosted(
  vouchers: readonly NewVoucher[],
  matching: Matching = NO_MATCHES,
  scheduling: Scheduling = NO_SCHEDULING,
): InStatement[] {
  const balances = balanceRowsOf(vouchers)
  const statements: InStatement[] = []
  const moved = vouchers.flatMap((v) => (v.termDay ? [[v.ledgerVersion, v.termDay]] : []))
  if (moved.length > 0) statements.push({ sql: INSERT_TERM_MOVES, args: [JSON.stringify(moved)] })
  if (vouchers.length > 0)
    statements.push(
      insertEntries(vouchers),
      { sql: INSERT_VOUCHERS, args: [JSON.stringify(vouchers.map(voucherRow))] },
      { sql: ADD_BALANCES, args: [JSON.stringify(balances.account)] },
    )
  statements.push(...insertBeside(vouchers))
  if (balances.party.length > 0) statements.push({ sql: ADD_PARTY_BALANCES, args: [JSON.stringify(balances.party)] })
  if (balances.dimension.length > 0)
    statements.push({ sql: ADD_DIMENSION_BALANCES, args: [JSON.stringify(balances.dimension)] })
  statements.push(...changeMatches(matching), ...changeSchedules(scheduling))
  const events = inOrderOfTime([...vouchers.map(eventRow), ...matchEvents(matching)])
  statements.push({ sql: INSERT_EVENTS, args: [JSON.stringify(events), null] })
  return statements
}

const NO_MATCHES: Matching = { undone: [], made: [] }

const inOrderOfTime = (events: unknown[][]): unknown[][] =>
  events.sort(([, a], [, b]) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0))

type Column = readonly [name: string, of: (entry: Entry) => unknown]

const ALWAYS: readonly Column[] = [
  ['row_key', (e) => e.rowKey],
  ['origin', (e) => e.origin],
  ['account', (e) => e.account],
  ['amount', (e) => e.amount],
  ['text', (e) => e.text],
]
/** Columns that most entries have no use for, by what they belong to. */
const SOMETIMES: readonly (readonly Column[])[] = [
  [
    ['party_kind', (e) => e.partyKind],
    ['party', (e) => e.party],
  ],
  [
    ['vat_code', (e) => e.vatCode],
    ['vat_rate', (e) => e.vatRate],
    ['vat_side', (e) => e.vatSide],
  ],
  [
    ['vat_specification', (e) => e.vatSpecification],
    ['vat_amount_reason', (e) => e.vatAmountReason],
  ],
  [['dimensions', (e) => e.dimensions && JSON.stringify(e.dimensions)]],
  [
    ['currency', (e) => e.currency],
    ['currency_amount', (e) => e.currencyAmount],
    ['rate', (e) => e.rate],
    ['rate_unit', (e) => e.rateUnit],
    ['rate_source', (e) => e.rateSource],
  ],
  [
    ['quantity', (e) => e.quantity],
    ['invoice_number', (e) => e.invoiceNumber],
    ['due_date', (e) => e.dueDate],
    ['payment_reference', (e) => e.paymentReference],
  ],
]
const OVERRIDDEN: Column = ['vat_overridden', (e) => (e.vatOverridden ? 1 : 0)]

/** All entries in one statement with the columns that any of them uses: reading a column out of JSON is most of its cost. */
function insertEntries(vouchers: readonly NewVoucher[]): InStatement {
  const used = (columns: readonly Column[]) =>
    vouchers.some((v) => v.entries.some((e) => columns.some(([, of]) => of(e) !== null)))
  const columns = [
    ...ALWAYS,
    ...SOMETIMES.filter(used).flat(),
    ...(vouchers.some((v) => v.entries.some((e) => e.vatOverridden)) ? [OVERRIDDEN] : []),
  ]
  const rows = vouchers.flatMap((v) =>
    v.entries.map((e, i) => [v.ledgerVersion, i + 1, v.voucherDate, ...columns.map(([, of]) => of(e))]),
  )
  return {
    sql: `insert into entry (ledger_version, line, voucher_date, ${columns.map(([name]) => name).join(', ')})
      ${rowsOf()} select ${places(0, columns.length + 3)} from row`,
    args: [JSON.stringify(rows)],
  }
}

const voucherRow = (v: NewVoucher): unknown[] => [
  v.ledgerVersion,
  v.id,
  v.type,
  v.series,
  v.fiscalYear,
  v.number,
  v.voucherDate,
  v.documentDate,
  v.vatDate,
  v.text,
  v.recordedAt,
  v.by,
  v.entries.length,
  v.reversalOf,
  v.reason,
  v.importJob,
  v.externalId,
  v.factsVersion,
  v.content,
  v.contentHash,
  v.prevHash,
  v.hash,
]

/** What the feed tells of a posted voucher: which accounts, months, parties and dimensions it touched, each once. */
function eventRow(v: NewVoucher): unknown[] {
  const period = v.voucherDate.slice(0, 7)
  const touched = new Map<string, object>()
  for (const { account, party, dimensions } of v.entries) {
    const one = { account, period, ...(party !== null && { party }), ...(dimensions && { dimensions }) }
    touched.set(JSON.stringify(one), one)
  }
  return [v.eventType, v.recordedAt, v.by, v.ledgerVersion, v.id, JSON.stringify([...touched.values()]), null, v.origin]
}
