import { anywhere } from '#worker/core/text.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { type PartyFacts, type RegisteredParty, seriesOf } from './party.ts'
import { cursorOf, type PartyQuery } from './party-search.ts'

type Row = ResultSet['rows'][number]
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

/** A bank account that took the place of another, and that nobody else has confirmed: not to be paid to. */
export type BankAccountChange = { was: string; by: string; at: string }
export type KeptParty = {
  party: RegisteredParty
  version: number
  createdAt: string
  used: boolean
  bankAccountChange: BankAccountChange | null
}

const PARTY = `select p.*, exists (select 1 from party_balance b where b.party_kind = p.kind and b.party = p.number) as used,
    (select json_array(c.was, c.by, c.at) from bank_account_change c
      where c.party_kind = p.kind and c.party = p.number and c.becomes = p.bank_account and c.confirmed_at is null
        and not exists (select 1 from bank_account_change n
                        where n.party_kind = c.party_kind and n.party = c.party and n.at > c.at)) as bank_account_change
  from party p`
const keptPartyOf = (r: Row): KeptParty => ({
  party: {
    kind: String(r.kind) as PartyKind,
    number: String(r.number),
    name: String(r.name),
    organisationNumber: textOrNull(r.organisation_number),
    controlAccount: String(r.control_account),
    address: textOrNull(r.address),
    postalCode: textOrNull(r.postal_code),
    city: textOrNull(r.city),
    country: textOrNull(r.country),
    email: textOrNull(r.email),
    phone: textOrNull(r.phone),
    bankAccount: textOrNull(r.bank_account),
    paymentTermsDays: r.payment_terms_days === null ? null : Number(r.payment_terms_days),
    defaultAccount: textOrNull(r.default_account),
    defaultVatCode: textOrNull(r.default_vat_code),
    defaultDimensions: r.default_dimensions === null ? null : JSON.parse(String(r.default_dimensions)),
    externalNumber: textOrNull(r.external_number),
    note: textOrNull(r.note),
    active: r.active === 1,
  },
  version: Number(r.version),
  createdAt: String(r.created_at),
  used: r.used === 1,
  bankAccountChange: bankChangeOf(r.bank_account_change),
})

function bankChangeOf(value: unknown): BankAccountChange | null {
  if (value === null || value === undefined) return null
  const [was, by, at] = JSON.parse(String(value)) as [string, string, string]
  return { was, by, at }
}

/** Parties by kind and number, one more than the limit when there are more. */
export async function readParties(db: Database, query: PartyQuery, limit: number): Promise<KeptParty[]> {
  const { where, args } = wanted(query)
  const { rows } = await db.execute({ sql: `${PARTY} ${where} order by p.kind, p.number limit ${limit + 1}`, args })
  return rows.map(keptPartyOf)
}

/** How many parties all pages have. */
export async function countParties(db: Database, query: PartyQuery): Promise<number> {
  const { where, args } = wanted({ ...query, cursor: undefined })
  const { rows } = await db.execute({ sql: `select count(*) as n from party p ${where}`, args })
  return Number(rows[0]!.n)
}

function wanted(query: PartyQuery): { where: string; args: string[] } {
  const conditions: string[] = []
  const args: string[] = []
  const where = (condition: string, ...values: string[]) => {
    conditions.push(condition)
    args.push(...values)
  }
  if (query.kind) where('p.kind = ?', query.kind)
  if (query.active !== undefined) where(`p.active = ${query.active ? 1 : 0}`)
  const after = query.cursor === undefined ? undefined : cursorOf(query.cursor)
  if (after) where('(p.kind, p.number) > (?, ?)', after.kind, after.number)
  const q = query.q?.trim()
  if (q) {
    const start = anywhere(q).slice(1)
    where('(p.number glob ? or p.organisation_number glob ? or p.name glob ?)', start, start, anywhere(q))
  }
  return { where: conditions.length > 0 ? `where ${conditions.join(' and ')}` : '', args }
}

export async function readParty(db: Database, kind: string, number: string): Promise<KeptParty | undefined> {
  const { rows } = await db.execute({ sql: `${PARTY} where p.kind = ? and p.number = ?`, args: [kind, number] })
  return rows[0] && keptPartyOf(rows[0])
}

/** What a party may point at, and the highest given number of each length in its series. */
export async function readPartyFacts(
  db: Database,
  kind: PartyKind,
): Promise<{ facts: PartyFacts; highest: Map<number, string> }> {
  const [accounts, codes, highest, values] = await db.batch(
    [
      'select number, control from account order by number',
      'select code from vat_code',
      {
        // Of both kinds: a number that is only one party's can be typed without saying whose. The column is not called
        // length, since that is a row's number of columns.
        sql: `select length(number) as digits, max(number) as highest from party
              where number glob ?||'*' and number not glob '*[^0-9]*' and length(number) between 5 and 9 group by 1`,
        args: [seriesOf(kind)],
      },
      'select dimension, code from dimension_value',
    ],
    'read',
  )
  return {
    facts: {
      accounts: new Map(
        accounts!.rows.map((r) => [String(r.number), { control: textOrNull(r.control) as PartyKind | null }]),
      ),
      vatCodes: new Set(codes!.rows.map((r) => String(r.code))),
      dimensions: valuesByDimension(values!.rows),
    },
    highest: new Map(highest!.rows.map((r) => [Number(r.digits), String(r.highest)])),
  }
}

function valuesByDimension(rows: readonly Row[]): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>()
  for (const r of rows) {
    const key = String(r.dimension)
    values.set(key, (values.get(key) ?? new Set()).add(String(r.code)))
  }
  return values
}

const columns = (p: RegisteredParty): unknown[] => [
  p.kind,
  p.number,
  p.name,
  p.organisationNumber,
  p.controlAccount,
  p.address,
  p.postalCode,
  p.city,
  p.country,
  p.email,
  p.phone,
  p.bankAccount,
  p.paymentTermsDays,
  p.defaultAccount,
  p.defaultVatCode,
  p.externalNumber,
  p.active ? 1 : 0,
  p.defaultDimensions && JSON.stringify(p.defaultDimensions),
  p.note,
]

export const insertParty = (party: RegisteredParty, createdAt: string): InStatement => ({
  sql: `insert into party (kind, number, name, organisation_number, control_account, address, postal_code, city, country,
          email, phone, bank_account, payment_terms_days, default_account, default_vat_code, external_number, active, default_dimensions, note, created_at)
        select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5, ?1->>6, ?1->>7, ?1->>8, ?1->>9, ?1->>10, ?1->>11, ?1->>12,
          ?1->>13, ?1->>14, ?1->>15, ?1->>16, ?1->>17, ?1->>18, ?1->>19`,
  args: [JSON.stringify([...columns(party), createdAt])],
})

/** Another bank account than before, for somebody else to confirm; nothing where money goes nowhere else. */
export const insertBankChange = (
  before: RegisteredParty,
  after: RegisteredParty,
  by: string,
  at: string,
): InStatement[] =>
  before.bankAccount === after.bankAccount
    ? []
    : [
        {
          // Only where the card was changed just before, in the same batch. One that is taken away is remembered, so that the next
          // is no first one.
          sql: `insert into bank_account_change (party_kind, party, was, becomes, by, at)
                select ?1, ?2, coalesce(?3, before.was), ?4, ?5, ?6
                from (select (select c.was from bank_account_change c where c.party_kind = ?1 and c.party = ?2
                              order by c.at desc limit 1) as was) before
                where coalesce(?3, before.was) is not null
                  and exists (select 1 from party where kind = ?1 and number = ?2 and coalesce(bank_account, '') = ?4)`,
          args: [after.kind, after.number, before.bankAccount, after.bankAccount ?? '', by, at],
        },
      ]

/** Confirms a change unless the account has been changed again since. */
export const confirmBankChange = (
  { kind, number, becomes }: Pick<RegisteredParty, 'kind' | 'number'> & { becomes: string },
  of: BankAccountChange,
  by: string,
  at: string,
): InStatement => ({
  sql: `update bank_account_change set confirmed_by = ?, confirmed_at = ?
        where party_kind = ? and party = ? and at = ? and exists (select 1 from party p
          where p.kind = party_kind and p.number = bank_account_change.party and p.bank_account = ?)`,
  args: [by, at, kind, number, of.at, becomes],
})

/** Stops the batch as `taken` when one of the parties has no longer the version it was read with. */
export const holdVersions = (read: readonly { party: RegisteredParty; version: number }[]): InStatement => ({
  sql: `insert into party select p.* from json_each(?) w join party p on p.kind = w.value->>0 and p.number = w.value->>1
        where p.version <> w.value->>2`,
  args: [JSON.stringify(read.map(({ party, version }) => [party.kind, party.number, version]))],
})

/** Changes the party if it still has that version. */
export const updateParty = (party: RegisteredParty, version: number): InStatement => ({
  sql: `update party set name = ?1->>2, organisation_number = ?1->>3, control_account = ?1->>4, address = ?1->>5,
          postal_code = ?1->>6, city = ?1->>7, country = ?1->>8, email = ?1->>9, phone = ?1->>10, bank_account = ?1->>11,
          payment_terms_days = ?1->>12, default_account = ?1->>13, default_vat_code = ?1->>14, external_number = ?1->>15,
          active = ?1->>16, default_dimensions = ?1->>17, note = ?1->>18, version = version + 1
        where kind = ?1->>0 and number = ?1->>1 and version = ?1->>19`,
  args: [JSON.stringify([...columns(party), version])],
})
