import type { Locale } from '#i18n/format.ts'

/**
 * What a column holds: money is whole øre, a percentage basis points, a date ISO, an account or other code text that looks like
 * a number.
 */
export type ColumnKind = 'text' | 'code' | 'date' | 'money' | 'number' | 'percent'
export type ExportColumn = {
  /** The same in every language and version: the name the API has for it, and the head of machine-readable CSV. */
  key: string
  /** In the reader's language. */
  name: string
  kind: ColumnKind
  /** Sums of this column are formulas in a sheet; `unsigned` where every term counts as it stands. Balances are not summed. */
  sums?: boolean | 'unsigned'
  /** Characters a sheet shows; by kind unless told. */
  width?: number
  /** Left out on paper, where width is dear. */
  notOnPaper?: boolean
}

/**
 * A row in the order of the columns. `heading` begins a group, `opening` stands first in it and is no entry, `sum` ends it,
 * `total` ends the table. Only plain rows go into CSV, which machines read.
 */
export type ExportRow = {
  kind?: 'heading' | 'opening' | 'sum' | 'total'
  cells: readonly (string | number | null)[]
  /** A name by which other rows' `terms` find it. */
  key?: string
  /** What a sum is made of where that is not its group: rows above it, each added or taken away. */
  terms?: readonly { key: string; sign: 1 | -1 }[]
}

/**
 * A report or a list as it goes out of the house, whatever the form: the same rows, in pages so that none is too large, with
 * what it was drawn from and what proves it. In a column that `sums`, the money of a `sum` is what the plain rows since the
 * group's heading come to, of a `total` all plain rows of the table.
 */
export type ExportTable = {
  /** Which report: stem of stable file names. */
  name: string
  title: string
  locale: Locale
  company: { name: string; organisationNumber: string | null }
  /** Days, filters: label and value. */
  head: readonly Fact[]
  columns: readonly ExportColumn[]
  pages: AsyncIterable<readonly ExportRow[]> | Iterable<readonly ExportRow[]>
  /** Ledger version first, then chain head and checks: label and value. */
  proof: readonly Fact[]
  /** More columns than a page standing up holds. */
  wide?: boolean
}
export type Fact = readonly [label: string, value: string]

/** `Saldobalanse Fjordvik Handel AS 01.01.2026–31.12.2026`, without what file systems refuse. */
export function fileStem({ title, company, head }: ExportTable): string {
  const first = head[0]?.[1] ?? ''
  return [title, company.name, first]
    .join(' ')
    .replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120)
}
