import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import type { VatCode } from '#worker/vat/vat.ts'
import { accountFrom, type ChartAccount, checkAccount } from './chart-account.ts'

const MOST = 5_000

/** A row of somebody's own chart; what is left out stays as it is. */
export const ImportedAccount = z.strictObject({
  number: FilledText(70).check(z.regex(/^[^\s:]+$/, 'field/invalid')),
  nameNb: z.optional(FilledText(256)),
  nameEn: z.optional(FilledText(256)),
  type: z.optional(z.enum(['asset', 'equity', 'liability', 'income', 'expense'], 'field/invalid')),
  defaultVatCode: z.optional(z.nullable(FilledText(20))),
  groupingCategory: z.optional(z.nullable(Text(100))),
  groupingCode: z.optional(z.nullable(Text(100))),
  /** Its number in the system it comes from. */
  externalNumber: z.optional(z.nullable(Text(70))),
})
export type ImportedAccount = z.infer<typeof ImportedAccount>

/** A chart to be brought in. `closeMissingFrom`: accounts of ours that it lacks are closed from that day. */
export const ChartImport = z.strictObject({
  accounts: z.array(ImportedAccount).check(z.minLength(1, 'field/required'), z.maxLength(MOST, 'field/invalid')),
  closeMissingFrom: z.optional(z.nullable(IsoDate)),
  dryRun: z.optional(z.boolean('field/invalid')),
})
export type ChartImport = z.infer<typeof ChartImport>

/** What an import comes to: accounts that are new, those it changes with each field before and after, and those it lacks. */
export type ChartDiff = {
  added: ChartAccount[]
  changed: { account: ChartAccount; changes: Record<string, readonly [before: unknown, after: unknown]> }[]
  missing: string[]
  same: number
  issues: Issue[]
}

type Kept = { account: ChartAccount; used: boolean }

/** The import held against the chart. A change that would alter booked figures, another nature, is refused (features.md COA-03). */
export function chartDiff(
  rows: readonly ImportedAccount[],
  chart: readonly Kept[],
  vatCodes: readonly VatCode[],
): ChartDiff {
  const kept = new Map(chart.map((k) => [k.account.number, k]))
  const seen = new Set<string>()
  const diff: ChartDiff = { added: [], changed: [], missing: [], same: 0, issues: [] }
  rows.forEach((row, i) => {
    const at = `#/accounts/${i}`
    const before = kept.get(row.number)
    if (seen.has(row.number)) diff.issues.push(error('account/exists', `${at}/number`, { account: row.number }))
    seen.add(row.number)
    if (!before && row.nameNb === undefined) {
      diff.issues.push(error('field/required', `${at}/nameNb`, {}))
      return
    }
    const { type, ...fields } = row
    const account = before
      ? { ...before.account, ...fields }
      : accountFrom({ ...fields, nameNb: row.nameNb!, ...(type && { type }) })
    if (before && type !== undefined && type !== before.account.type)
      diff.issues.push(error('account/in-use', `${at}/type`, { account: row.number, reason: 'nature' }))
    for (const issue of checkAccount(account, vatCodes, before?.account))
      diff.issues.push({ ...issue, pointer: `${at}${issue.pointer.slice(1)}` })
    if (!before) diff.added.push(account)
    else {
      const changes = Object.fromEntries(
        Object.entries(fields).flatMap(([field, value]) => {
          const old = before.account[field as keyof ChartAccount]
          return (old ?? null) === (value ?? null) ? [] : [[field, [old ?? null, value ?? null] as const]]
        }),
      )
      if (Object.keys(changes).length === 0) diff.same++
      else diff.changed.push({ account, changes })
    }
  })
  diff.missing = chart.map((k) => k.account.number).filter((number) => !seen.has(number))
  return diff
}

/** A line's cells; one in quotes may hold the sign that parts them, and a doubled quote is one. */
export function cellsOf(line: string, sign: string): string[] {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!
    if (c === '"' && (quoted || cell === '')) {
      if (quoted && line[i + 1] === '"') cell += line[++i]
      else quoted = !quoted
    } else if (c === sign && !quoted) {
      cells.push(cell.trim())
      cell = ''
    } else cell += c
  }
  return [...cells, cell.trim()]
}
