import * as z from 'zod/mini'
import { type PartyColumn, partyHeadings, yesOrNo } from '#i18n/party-headings.ts'
import { cellsOf } from '#worker/chart/chart-import.ts'
import { plainAccount } from '#worker/core/identifiers.ts'
import { type Issue, isError } from '#worker/core/problem.ts'
import { FilledText, oneLine } from '#worker/core/text.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { partyMatcher } from './match-party.ts'
import {
  checkParty,
  nextNumber,
  PartyChange,
  type PartyFacts,
  partyFrom,
  type RegisteredParty,
  seriesOf,
} from './party.ts'

const MOST = 5_000

/** A row of somebody's own list of customers or suppliers; what is left out stays as it is. */
export const ImportedParty = z.strictObject({
  ...PartyChange.shape,
  kind: z.enum(['customer', 'supplier'], {
    error: (i) => (i.input === undefined ? 'field/required' : 'field/invalid'),
  }),
  number: z.optional(FilledText(35).check(z.regex(/^[^\s:]+$/, 'field/invalid'))),
})
export type ImportedParty = z.infer<typeof ImportedParty>

export const PartyImport = z.strictObject({
  parties: z.array(ImportedParty).check(z.minLength(1, 'field/required'), z.maxLength(MOST, 'field/invalid')),
  dryRun: z.optional(z.boolean('field/invalid')),
})
export type PartyImport = z.infer<typeof PartyImport>

/** What becomes of a row: a party made, changed or left as it is, or nothing, because of its issues. */
export type PartyRow = {
  status: 'new' | 'changed' | 'unchanged' | 'refused'
  party: RegisteredParty | null
  changes: Record<string, readonly [before: unknown, after: unknown]>
  /** The number that the row has, where the party keeps another. */
  given: string | null
}
export type PartyDiff = { rows: PartyRow[]; issues: Issue[] }
type Highest = ReadonlyMap<PartyKind, ReadonlyMap<number, string>>

/**
 * Rows held against the register, each the party that `partyMatcher` finds for it, on file or in a row above; else a new one, with
 * its own number or the next that no row has. So the same list a second time changes nothing.
 */
export function partyDiff(
  rows: readonly ImportedParty[],
  kept: readonly RegisteredParty[],
  facts: PartyFacts,
  highest: Highest,
): PartyDiff {
  const matcher = partyMatcher(kept)
  const series = new Map([...highest].map(([kind, lengths]) => [kind, new Map(lengths)]))
  const reserve = (kind: PartyKind, number: string) => {
    const lengths = series.get(kind) ?? new Map<number, string>()
    if (/^\d{5,9}$/.test(number) && number.startsWith(seriesOf(kind)) && number > (lengths.get(number.length) ?? ''))
      lengths.set(number.length, number)
    series.set(kind, lengths)
  }
  for (const { kind, number } of rows) if (number !== undefined) reserve(kind, number)
  const diff: PartyDiff = { rows: [], issues: [] }
  rows.forEach((row, i) => {
    const { kind, number: given, ...fields } = row
    const tell = (code: string, field: string, params: Issue['params'] = {}) =>
      diff.issues.push({ code, severity: 'error', pointer: `#/parties/${i}/${field}`, params })
    const leaves = (standing: RegisteredParty): RegisteredParty => {
      // A cell of a sheet is one line: a note that only lost its line breaks is the same note.
      const isSameNote = fields.note != null && oneLine(fields.note) === oneLine(standing.note ?? '')
      return { ...standing, ...fields, ...(isSameNote && { note: standing.note }) } as RegisteredParty
    }
    const match = matcher.find(row, (party) => Object.keys(changesIn(party, leaves(party))).length === 0)
    const before = match && 'party' in match ? match.party : undefined
    const number = before?.number ?? given ?? nextNumber(kind, series.get(kind) ?? new Map())
    if (number === undefined) tell('field/required', 'number')
    if (!before && fields.name === undefined) tell('field/required', 'name')
    if (match?.by === 'several')
      tell('party/several', 'name', { name: fields.name!, parties: match.numbers.slice(0, 5).join(', ') })
    if (number === undefined || match?.by === 'several' || (!before && fields.name === undefined)) {
      diff.rows.push({ status: 'refused', party: null, changes: {}, given: null })
      return
    }
    const party = before ? leaves(before) : partyFrom({ ...fields, kind, name: fields.name! }, number, facts)
    const issues = checkParty(party, facts)
    for (const issue of issues) diff.issues.push({ ...issue, pointer: `#/parties/${i}${issue.pointer.slice(1)}` })
    const refused = issues.some(isError)
    const changes = changesIn(before, party)
    const status = refused ? 'refused' : !before ? 'new' : Object.keys(changes).length > 0 ? 'changed' : 'unchanged'
    const other = given !== undefined && given !== number ? given : null
    diff.rows.push({ status, party, changes: before ? changes : {}, given: other })
    if (refused) return
    matcher.add(party)
    reserve(kind, number)
  })
  return diff
}

function changesIn(before: RegisteredParty | undefined, after: RegisteredParty): PartyRow['changes'] {
  if (!before) return {}
  return Object.fromEntries(
    (Object.keys(after) as (keyof RegisteredParty)[]).flatMap((field) => {
      const [was, is] = [before[field] ?? null, after[field] ?? null]
      return JSON.stringify(was) === JSON.stringify(is) ? [] : [[field, [was, is] as const]]
    }),
  )
}

const ORDER: readonly PartyColumn[] = [
  'number',
  'name',
  'organisationNumber',
  'address',
  'postalCode',
  'city',
  'email',
  'phone',
]

/**
 * Rows of a list pasted from a sheet or a CSV: columns parted by tab, semicolon or comma, with or without headings in Norwegian or
 * English. An empty cell is left as it is. Zeros that a sheet dropped are put back where a fixed length proves it.
 */
export function partyRowsIn(text: string, kind: PartyKind): Record<string, unknown>[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const sign = ['\t', ';', ','].find((s) => lines[0]?.includes(s)) ?? '\t'
  const cells = lines.map((line) => cellsOf(line, sign))
  const headings = cells[0]?.map((cell) => partyHeadings[cell.toLowerCase().replace(/[^a-zæøå]/g, '')]) ?? []
  const named = headings.includes('name') || headings.includes('number')
  const columns = named ? headings : ORDER
  return cells.slice(named ? 1 : 0).map((row) => ({
    kind,
    ...Object.fromEntries(
      row.flatMap((cell, i) => {
        const column = columns[i]
        return column && cell !== '' ? [[column, fieldValue(column, cell)]] : []
      }),
    ),
  }))
}

function fieldValue(column: PartyColumn, cell: string): unknown {
  const digits = cell.replace(/[\s.\u00a0]/g, '')
  switch (column) {
    case 'paymentTermsDays':
      return /^\d{1,4}$/.test(digits) ? Number(digits) : cell
    case 'organisationNumber':
      return digits.replace(/^NO/i, '').replace(/MVA$/i, '')
    case 'bankAccount':
      return /^\d{8,11}$/.test(digits) ? digits.padStart(11, '0') : plainAccount(cell)
    case 'defaultDimensions':
      return dimensionsIn(cell) ?? cell
    case 'active':
      return yesOrNo(cell) ?? cell
    case 'postalCode':
      return /^\d{3}$/.test(cell) ? cell.padStart(4, '0') : cell
    case 'country':
      return /^(norge|norway)$/i.test(cell) ? 'NO' : cell.toUpperCase()
    default:
      return cell
  }
}

/** `department=10; project=P-7`, as the list that goes out has them; undefined for anything else. */
export function dimensionsIn(text: string): Record<string, string> | undefined {
  if (!/^[^=;]+=[^=;]+(;[^=;]+=[^=;]+)*$/.test(text)) return undefined
  return Object.fromEntries(text.split(';').map((part) => part.split('=').map((side) => side.trim())))
}
