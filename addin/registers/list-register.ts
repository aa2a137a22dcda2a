import { addinLists as en } from '#i18n/en/addin-lists.ts'
import type { Locale } from '#i18n/format.ts'
import { addinLists as nb } from '#i18n/nb/addin-lists.ts'
import { partyRowsIn } from '#worker/parties/party-import.ts'
import type { LedgerApi } from '../api/ledger-api.ts'
import { type RegisterKind, type RegisterReading, rowKeyOf, withMarks } from '../excel/register-table.ts'
import { type CellValue, textOf } from '../sheet/read-cell.ts'
import type { SheetColumn } from '../sheet/voucher-columns.ts'
import { ownersOf } from './row-owners.ts'

export const listTexts = { nb, en }
export type ListId = 'accounts' | 'parties'
type Record_ = Readonly<Record<string, unknown>>

/** A register as a sheet of rows: what it is read from, what its columns hold, and where changed rows are brought in. */
export type ListSpec = {
  id: ListId
  table: string
  fields: readonly SheetColumn[]
  /** Where the rows’ issues point: `#/accounts/3/nameNb`. */
  list: string
  pull(api: LedgerApi, company: string): Promise<Record_[]>
  /** A record’s cell, and a changed row as the API takes it. */
  cell(record: Record_, field: string, locale: Locale): CellValue
  body(changed: Readonly<Record<string, string>>, whole: Readonly<Record<string, string>>): Record<string, unknown>
}

const text = (id: string, width: number, more: Partial<SheetColumn> = {}): SheetColumn => ({
  id,
  kind: 'text',
  width,
  ...more,
})
const known = <T extends string>(word: string, of: (locale: Locale) => Readonly<Record<T, string>>): T | undefined => {
  const plain = word.trim().toLowerCase()
  for (const locale of ['nb', 'en'] as const)
    for (const [key, name] of Object.entries(of(locale)) as [T, string][])
      if (name.toLowerCase() === plain || key === plain) return key
  return undefined
}

export const ACCOUNTS: ListSpec = {
  id: 'accounts',
  table: 'tblKontoplan',
  list: 'accounts',
  fields: [
    { id: 'number', kind: 'code', format: '0', width: 10 },
    text('nameNb', 34),
    text('nameEn', 34),
    text('type', 12),
    { id: 'defaultVatCode', kind: 'code', width: 9 },
    text('groupingCategory', 20),
    { id: 'groupingCode', kind: 'code', width: 11 },
    { id: 'externalNumber', kind: 'code', width: 14 },
  ],
  pull: async (api, company) => (await api.get<{ accounts: Record_[] }>(company, 'accounts')).accounts,
  cell: (record, field, locale) => {
    const value = record[field]
    if (field === 'number' && /^[1-9]\d{0,14}$/.test(String(value))) return Number(value)
    if (field === 'type') return listTexts[locale].types[value as 'asset']
    return value === null || value === undefined ? '' : String(value)
  },
  body: ({ type, ...changed }, whole) => ({
    ...Object.fromEntries(Object.entries(changed).map(([field, value]) => [field, value === '' ? null : value])),
    number: whole.number,
    ...(type && { type: known(type, (locale) => listTexts[locale].types) ?? type }),
  }),
}

export const PARTIES: ListSpec = {
  id: 'parties',
  table: 'tblParter',
  list: 'parties',
  fields: [
    text('kind', 12),
    { id: 'number', kind: 'code', width: 10 },
    text('name', 32),
    { id: 'organisationNumber', kind: 'code', width: 12 },
    text('address', 28),
    { id: 'postalCode', kind: 'code', width: 8 },
    text('city', 16),
    text('country', 7),
    text('email', 28),
    text('phone', 14),
    { id: 'bankAccount', kind: 'code', width: 14 },
    { id: 'paymentTermsDays', kind: 'number', width: 12 },
    { id: 'externalNumber', kind: 'code', width: 14 },
  ],
  async pull(api, company) {
    const all: Record_[] = []
    let cursor: string | undefined
    do {
      const page = await api.get<{ parties: Record_[]; cursor: string | null }>(company, 'parties', {
        limit: 5_000,
        cursor,
      })
      all.push(...page.parties)
      cursor = page.cursor ?? undefined
    } while (cursor)
    return all
  },
  cell: (record, field, locale) => {
    const value = record[field]
    if (field === 'kind') return listTexts[locale].kinds[value as 'customer']
    if (field === 'paymentTermsDays') return (value as number | null) ?? ''
    return value === null || value === undefined ? '' : String(value)
  },
  body: (changed, whole) => {
    const kind = known(whole.kind ?? '', (locale) => listTexts[locale].kinds) ?? 'customer'
    const own = Object.entries(changed).filter(([field]) => field !== 'kind' && field !== 'number')
    // Digits are read as in a pasted list: spaces and points go, and lost zeros come back.
    const headings = own.map(([field]) => field.toLowerCase())
    const [read = {}] = partyRowsIn(
      `name\t${headings.join('\t')}\n${['-', ...own.map(([, value]) => value)].join('\t')}`,
      kind,
    )
    const { name: _, kind: __, ...fields } = read
    return {
      ...Object.fromEntries(own.map(([field, value]) => [field, value === '' ? null : (fields[field] ?? value)])),
      kind,
      ...(whole.number && { number: whole.number }),
    }
  },
}

/** The sheet of a register. */
export function listKind({ table, fields }: ListSpec): RegisterKind {
  const hidden = { kind: 'text', written: true, view: 'hidden', width: 8 } as const
  const columns: SheetColumn[] = [
    { id: 'status', kind: 'text', written: true, width: 10 },
    { id: 'message', kind: 'text', written: true, width: 30 },
    ...fields,
    { id: 'rowKey', ...hidden },
    { id: 'base', ...hidden },
  ]
  // Only its own: two columns of different sheets may be called the same.
  const own = (captions: Readonly<Record<string, string>>) =>
    Object.fromEntries(columns.map(({ id }) => [id, captions[id] ?? id]))
  return withMarks({ table, columns, captions: { nb: own(nb.captions), en: own(en.captions) } })
}

/** A row with what of it changed since it was read; all of it, where it was typed anew or copied. */
export type ListRow = {
  at: number
  key: string
  isNew: boolean
  whole: Record<string, string>
  changed: Record<string, string>
}

/** The filled rows of a sheet. A copy keeps nothing of the row it was made from. */
export function listRows(reading: RegisterReading, { fields }: ListSpec): ListRow[] {
  const filled = reading.rows.flatMap((row) => {
    const whole = Object.fromEntries(fields.map(({ id }) => [id, textOf(row.cells[id])]))
    if (Object.values(whole).every((value) => value === '')) return []
    const key = rowKeyOf(row)
    return [{ at: row.at, key, whole, base: baseOf(textOf(row.cells.base), key) }]
  })
  const owners = ownersOf(
    filled.flatMap(({ at, key, whole, base }) =>
      base ? [{ at, key, isLine: whole.kind === base.kind && whole.number === base.number }] : [],
    ),
  )
  return filled.map(({ at, key, whole, base }): ListRow => {
    const isNew = base === undefined || owners.get(key) !== at
    const before = isNew ? {} : base
    const changed = Object.fromEntries(Object.entries(whole).filter(([id, value]) => value !== (before[id] ?? '')))
    return { at, key: isNew ? '' : key, isNew, whole, changed }
  })
}

/** What a row keeps of itself as it was read, under its own key: on another row it counts for nothing. */
export const baseText = (key: string, whole: Readonly<Record<string, string>>): string => JSON.stringify([key, whole])
function baseOf(text: string, key: string): Record<string, string> | undefined {
  try {
    const [own, whole] = JSON.parse(text || '[]') as [string?, Record<string, string>?]
    return own !== undefined && own === key ? whole : undefined
  } catch {
    return undefined
  }
}
