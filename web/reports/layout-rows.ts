import type { LayoutLine, ReportLayout } from '#worker/reports/report-layout.ts'
import type { Fields } from '../form.ts'

export const ROW_KINDS = ['heading', 'accounts', 'sum', 'year', 'earlier-years'] as const
export type RowKind = (typeof ROW_KINDS)[number]
/**
 * A line of a layout as it is edited. `content`: accounts and places in the næringsspesifikasjon, or of a sum the numbers of the lines
 * it adds up, as they stand in the editor.
 */
export type LayoutRow = {
  key: string
  nameNb: string
  nameEn: string
  kind: RowKind
  content: string
  side: 'debit' | 'credit'
  total: boolean
}

/** What the buttons of a row do to it. */
export type RowAct = { act: 'up' | 'down' | 'remove' | 'add'; at: number }

export const rowsOf = (lines: readonly LayoutLine[]): LayoutRow[] => {
  const numbers = new Map(lines.map(({ key }, i) => [key, i + 1]))
  return lines.map((line) => ({
    key: line.key,
    nameNb: line.nameNb,
    nameEn: line.nameEn,
    kind: line.sum ? 'sum' : (line.result ?? (line.accounts || line.groupings ? 'accounts' : 'heading')),
    content: line.sum
      ? line.sum.map((key) => numbers.get(key) ?? key).join(' + ')
      : [...(line.accounts ?? []), ...(line.groupings ?? [])].join(', '),
    side: line.side,
    total: line.total ?? false,
  }))
}

/** The rows as a form sent them, in their order; a key is there for each of them, also an empty one. */
export function rowsIn(fields: Fields): LayoutRow[] {
  const rows: LayoutRow[] = []
  for (let i = 0; fields[`k${i}`] !== undefined; i++) {
    const kind = ROW_KINDS.find((one) => one === fields[`t${i}`]) ?? 'heading'
    rows.push({
      key: fields[`k${i}`]!,
      nameNb: fields[`n${i}`] ?? '',
      nameEn: fields[`e${i}`] ?? '',
      kind,
      content: fields[`c${i}`] ?? '',
      side: fields[`s${i}`] === 'debit' ? 'debit' : 'credit',
      total: fields[`x${i}`] === 'yes',
    })
  }
  return rows
}

/** What a form's button asks: `up:3`. */
export function actIn(text: string | undefined): RowAct | undefined {
  const [, act, at] = /^(up|down|remove|add):(\d{1,3})$/.exec(text ?? '') ?? []
  return act ? { act: act as RowAct['act'], at: Number(at) } : undefined
}

/** The lines of the rows, or the number of the first row whose content cannot be read. */
export function linesOf(rows: readonly LayoutRow[]): { lines: Partial<LayoutLine>[] } | { unreadable: number } {
  const lines: Partial<LayoutLine>[] = []
  for (const [i, row] of rows.entries()) {
    const { key, nameNb, side, total } = row
    const content = contentOf(row, rows)
    if (!content || !nameNb) return { unreadable: i + 1 }
    lines.push({ key, nameNb, nameEn: row.nameEn || nameNb, side, ...(total && { total }), ...content })
  }
  return { lines }
}

function contentOf({ kind, content }: LayoutRow, rows: readonly LayoutRow[]): Partial<LayoutLine> | undefined {
  if (kind === 'heading') return {}
  if (kind === 'year' || kind === 'earlier-years') return { result: kind }
  const parts = content
    .split(kind === 'sum' ? /[+,;\s]+/ : /[,;\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (kind === 'sum') {
    const sum = parts.flatMap((part) => partsOf(part, rows) ?? [])
    return sum.length > 0 && parts.every((part) => partsOf(part, rows)) ? { sum } : undefined
  }
  // A place in the næringsspesifikasjon begins with a small letter; an account may be any text, but hardly that.
  const isCode = (part: string) => /^[a-zæøå]/.test(part)
  const accounts = parts.filter((part) => !isCode(part)).map((part) => part.replace(/\s*[-–:]\s*/, ':'))
  const groupings = parts.filter(isCode)
  if (parts.length === 0) return undefined
  return { ...(accounts.length > 0 && { accounts }), ...(groupings.length > 0 && { groupings }) }
}

/** `3` is the line; `3:6` those of them that hold accounts themselves, since a sum would count them twice. */
function partsOf(part: string, rows: readonly LayoutRow[]): string[] | undefined {
  const [, from, to] = /^(\d{1,3})(?:[-–:](\d{1,3}))?$/.exec(part) ?? []
  const first = rows[Number(from) - 1]
  if (!first) return undefined
  if (!to) return [first.key]
  return rows
    .slice(Number(from) - 1, Number(to))
    .filter(({ kind }) => kind !== 'sum' && kind !== 'heading')
    .map(({ key }) => key)
}

/** The rows after a button: a row moved, taken away, or a new one below it. Sums follow the lines they add up. */
export function afterAct(rows: readonly LayoutRow[], { act, at }: RowAct, side: LayoutRow['side']): LayoutRow[] {
  const keys = rows.map(({ key }) => key)
  const changed = [...rows]
  const row = changed[at]
  if (act === 'add') {
    const blank = { nameNb: '', nameEn: '', kind: 'accounts', content: '', total: false } as const
    changed.splice(at + 1, 0, { ...blank, key: newKey(keys), side: row?.side ?? side })
  } else if (row) {
    changed.splice(at, 1)
    if (act !== 'remove') changed.splice(Math.max(0, act === 'up' ? at - 1 : at + 1), 0, row)
  }
  const now = new Map(changed.map(({ key }, i) => [key, i + 1]))
  return changed.map((one) => {
    if (one.kind !== 'sum') return one
    const parts = one.content.split(/[+,;\s]+/).filter((part) => part !== '')
    const kept = parts.flatMap((part) => {
      const named = partsOf(part, rows)
      if (!named) return [part] // what could not be read stays as typed
      return named.flatMap((key) => (now.has(key) ? [String(now.get(key))] : []))
    })
    return { ...one, content: kept.join(' + ') }
  })
}

function newKey(taken: readonly string[]): string {
  let n = taken.length + 1
  while (taken.includes(`line-${n}`)) n++
  return `line-${n}`
}

/** The side most lines of a layout have, for a first line. */
export const usualSide = ({ statement }: Pick<ReportLayout, 'statement'>): LayoutRow['side'] =>
  statement === 'income' ? 'credit' : 'debit'
