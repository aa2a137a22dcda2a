import type { IsoDate } from '#worker/core/dates.ts'
import { isoDate } from '#worker/core/dates.ts'
import { type Issue, Problem } from '#worker/core/problem.ts'
import { parse } from '#worker/http/accept.ts'
import { type Books, partyKey } from '#worker/ledger/books.ts'
import { OpeningContent, type OpeningRow, openingRow } from '#worker/opening-balance/opening-row.ts'
import { planOpening } from '#worker/opening-balance/save-opening.ts'
import { openingHas, readFirstVersion, readOpening } from '#worker/opening-balance/store.ts'
import type { ImportContext } from './import-context.ts'
import type { RowOutcome, Run } from './import-outcome.ts'
import { openingLines } from './opening-list.ts'
import { listed, outcomesOf } from './row-list.ts'
import { type Read, tell } from './sheet-records.ts'
import { unlessChanged } from './store.ts'

/**
 * Puts balances, or open items of customers or suppliers, into the opening balance of a day, where they are looked over and booked.
 * The same row of the old system takes the place of the one before; a true twin stands twice.
 * @throws Problem 422 request/invalid without a day; 409 version/stale.
 */
export async function runOpeningImport(
  ctx: ImportContext,
  read: Read,
  asked: { items: boolean; kind: 'customer' | 'supplier'; date: string | undefined },
  books: Books,
  dryRun: boolean,
): Promise<Run> {
  const date = isoDate(asked.date ?? '') as IsoDate | undefined
  if (!date) {
    const issue: Issue = { code: 'field/required', severity: 'error', pointer: '#/options/date', params: {} }
    throw new Problem(422, 'request/invalid', { issues: [issue] })
  }
  const before = await readOpening(ctx.db, date)
  if (before && before.state === 'booked') throw new Problem(422, 'import/opening-booked', { params: { date } })
  const { lines, control, turned } = openingLines(read.rows, asked.items ? asked.kind : undefined, books)
  const lineOf = new Map(lines.map(({ row, of }) => [row.at, of]))
  const list = listed(read.rows, 'rows', OpeningContent, parse, ({ at }) => openingRow(`i${at}`, lineOf.get(at)))
  const issues: Issue[] = []
  list.good.forEach(({ value }, place) => {
    const { account, party, name, amount } = value as OpeningRow
    const wrong = (code: string, field: string, params: Issue['params']) =>
      issues.push({ code, severity: 'error', pointer: `#/rows/${place}/${field}`, params: params ?? {} })
    if (!books.accounts.has(account)) wrong('account/unknown', 'account', { account })
    if (amount === null) wrong('field/required', 'amount', {})
    if (asked.items && party === '')
      wrong(name ? 'party/unknown' : 'party/missing', 'party', { account, kind: asked.kind, party: name })
  })
  const kept = before?.rows ?? []
  const free = new Map<string, OpeningRow[]>()
  for (const row of kept) free.set(keyOf(row), [...(free.get(keyOf(row)) ?? []), row])
  const taken = new Map<string, OpeningRow>()
  const added: OpeningRow[] = []
  let made = 0
  let sum = 0
  const outcomes: RowOutcome[] = outcomesOf(list, 'rows', issues, (value, place) => {
    const row = value as OpeningRow
    sum += row.amount ?? 0
    const known = row.party === '' || books.parties.has(partyKey(asked.kind, row.party))
    if (!known) made++
    const stands = free.get(keyOf(row))?.shift()
    const subject = [row.account, row.party, row.invoiceNumber].filter(Boolean).join(' ')
    if (!stands) {
      added.push({ ...row, rowKey: freeKey(kept, added, place) })
      return { status: 'new', subject, changes: {} }
    }
    const after = { ...row, rowKey: stands.rowKey }
    const changes = Object.fromEntries(
      (Object.keys(after) as (keyof OpeningRow)[]).flatMap((field) =>
        JSON.stringify(stands[field]) === JSON.stringify(after[field]) ? [] : [[field, [stands[field], after[field]]]],
      ),
    ) as RowOutcome['changes']
    taken.set(stands.rowKey, after)
    return { status: Object.keys(changes).length > 0 ? 'changed' : 'unchanged', subject, changes }
  })
  const content = {
    rows: [...kept.map((row) => taken.get(row.rowKey) ?? row), ...added],
    resultAccount: before?.resultAccount ?? null,
  }
  const version = before?.version ?? 0
  const saving = dryRun ? [] : (await planOpening(ctx, date, content, version)).statements
  return {
    ...read,
    rows: outcomes,
    told: [
      ...read.told,
      ...(control ? [tell('itemsOnControl', { account: control })] : []),
      ...(turned ? [tell('itemsTurned', {}, true)] : []),
      tell('openingSum', { sum, date }),
      ...(made > 0 ? [tell('partiesFromItems', { n: made })] : []),
    ],
    sum,
    statements: dryRun ? [] : [unlessChanged(openingHas(date, version)), ...saving],
    steps: {
      of: 'opening',
      date,
      before: before ? { rows: before.rows, resultAccount: before.resultAccount } : null,
      version: saving.length === 0 ? version : before ? version + 1 : await readFirstVersion(ctx.db, date),
    },
  }
}

const keyOf = ({ account, party, invoiceNumber }: OpeningRow): string =>
  JSON.stringify(party === '' ? [account] : [account, party, invoiceNumber])

function freeKey(kept: readonly OpeningRow[], added: readonly OpeningRow[], place: number): string {
  const used = new Set([...kept, ...added].map((row) => row.rowKey))
  let n = place + 1
  while (used.has(`i${n}`)) n++
  return `i${n}`
}
