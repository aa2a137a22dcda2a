import { made } from '#i18n/nb/imports.ts'
import type { LineChange } from '#worker/budgets/budget-cell.ts'
import { saveLines } from '#worker/budgets/save-lines.ts'
import type { ChartAccount } from '#worker/chart/chart-account.ts'
import { deleteAccount, readChart, updateAccount } from '#worker/chart/store.ts'
import { comparisonHas, keepComparison } from '#worker/comparison/store.ts'
import { dayInOslo, type IsoDate, type Month } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { readValues, updateValue } from '#worker/dimensions/store.ts'
import { insertEvents } from '#worker/events/store.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { readOldLedger, removeOldLedger } from '#worker/old-ledger/store.ts'
import type { MovementSheet } from '#worker/opening-balance/movement-row.ts'
import type { OpeningContent } from '#worker/opening-balance/opening-row.ts'
import { readTakeover } from '#worker/opening-balance/plan-store.ts'
import { planOpening, planRemoval } from '#worker/opening-balance/save-opening.ts'
import { openingHas, readOpening } from '#worker/opening-balance/store.ts'
import type { RegisteredParty } from '#worker/parties/party.ts'
import { insertBankChange, readParties, updateParty } from '#worker/parties/store.ts'
import { planMovements } from '#worker/takeover/save-plan.ts'
import { readMonthVouchers, takeoverHas } from '#worker/takeover/store.ts'
import type { ImportContext } from './import-context.ts'
import type { Change, UndoSteps } from './import-outcome.ts'
import { reverseSaft } from './reverse-saft.ts'
import { sendSheetNews } from './send-sheet-news.ts'
import {
  deleteParties,
  readBuiltOn,
  readSheetImport,
  readUndoSteps,
  readUsedValues,
  readVoucherDates,
  setUndone,
  unlessChanged,
} from './store.ts'

const ALL = 100_000

/**
 * Takes an import back while nothing builds on it: what was made is taken away (values of dimensions are closed), what was changed
 * gets what stood before, all of it or nothing; vouchers are reversed on their own days, 200 in a batch, and an undo that was cut
 * off goes on where it was.
 * @throws Problem 404 import/unknown; 422 import/already-undone, import/built-on with what does; as reversing does, and `reverseSaft`.
 */
export async function reverseImport(ctx: ImportContext, id: string): Promise<void> {
  const found = await readSheetImport(ctx.db, id)
  if (!found) return reverseSaft(ctx, id)
  const steps = await readUndoSteps(ctx.db, id)
  if (!steps) throw new Problem(404, 'import/unknown')
  if (found.state !== 'done') throw new Problem(422, 'import/already-undone')
  const { by, at } = ctx
  const end = [setUndone(id, by, at), insertEvents({ type: 'import.undone', at, by, subject: id })]
  const statements = await statementsFor(ctx, id, steps)
  try {
    await ctx.db.batch([...statements, ...end], 'write')
  } catch (cause) {
    const refusal = refusalOf(cause)
    if (refusal?.kind === 'rule' || refusal?.kind === 'other') throw builtOn([])
    throw cause
  }
  await sendSheetNews(ctx, steps, 1)
}

const builtOn = (on: readonly string[]): Problem =>
  new Problem(422, 'import/built-on', {
    params: { on: on.slice(0, 20).join(', '), reason: on.length > 0 ? 'named' : '' },
  })

/** What takes the steps back in the database; vouchers and budgets go through their own doors first. */
async function statementsFor(ctx: ImportContext, id: string, steps: UndoSteps): Promise<InStatement[]> {
  switch (steps.of) {
    case 'chart':
      return chartBack(ctx, steps)
    case 'parties':
      return partiesBack(ctx, steps)
    case 'dimension':
      return valuesBack(ctx, steps)
    case 'opening':
      return openingBack(ctx, steps)
    case 'movements':
      return movementsBack(ctx, steps)
    case 'comparison':
      return comparisonBack(ctx, steps)
    case 'vouchers':
      await vouchersBack(ctx, id, steps.ids)
      return []
    case 'budget':
      await budgetBack(ctx, steps)
      return []
    case 'old-ledger':
      return ledgerBack(ctx, steps.id)
  }
}

/** Whether what an import left is still what stands. */
const stands = (now: object, { after }: Change): boolean =>
  Object.entries(after).every(
    ([field, value]) =>
      JSON.stringify((now as Record<string, unknown>)[field] ?? null) === JSON.stringify(value ?? null),
  )

async function chartBack({ db }: ImportContext, steps: UndoSteps & { of: 'chart' }): Promise<InStatement[]> {
  const chart = new Map((await readChart(db)).map((k) => [k.account.number, k]))
  const changed = steps.changed.map((change) => ({ change, kept: chart.get(change.number) }))
  const added = steps.added.map((number) => ({ number, kept: chart.get(number) }))
  const on = [
    ...changed.filter(({ change, kept }) => !kept || !stands(kept.account, change)).map((c) => c.change.number),
    ...added.filter(({ kept }) => !kept || kept.firstMonth !== null || kept.version > 1).map((a) => a.number),
  ]
  if (on.length > 0) throw builtOn(on)
  return [
    ...added.flatMap(({ number, kept }) => deleteAccount(number, kept!.version)),
    ...changed.map(({ change, kept }) =>
      updateAccount({ ...kept!.account, ...change.before } as ChartAccount, kept!.version),
    ),
  ]
}

async function partiesBack(
  { db, by, at }: ImportContext,
  steps: UndoSteps & { of: 'parties' },
): Promise<InStatement[]> {
  const key = (kind: string, number: string) => `${kind} ${number}`
  const kept = new Map((await readParties(db, {}, ALL)).map((k) => [key(k.party.kind, k.party.number), k]))
  const on = [
    ...steps.changed.filter((c) => {
      const now = kept.get(key(c.kind, c.number))
      return !now || !stands(now.party, c)
    }),
  ].map((c) => c.number)
  for (const [kind, number] of steps.added) {
    const now = kept.get(key(kind, number))
    if (!now || now.used || now.version > 1) on.push(number)
  }
  if (on.length > 0) throw builtOn(on)
  return [
    deleteParties(steps.added),
    ...steps.changed.flatMap((c) => {
      const now = kept.get(key(c.kind, c.number))!
      const back = { ...now.party, ...c.before } as RegisteredParty
      return [updateParty(back, now.version), ...insertBankChange(now.party, back, by, at)]
    }),
  ]
}

async function valuesBack({ db, at }: ImportContext, steps: UndoSteps & { of: 'dimension' }): Promise<InStatement[]> {
  const values = new Map((await readValues(db, steps.dimension))?.map((v) => [v.code, v]))
  const on = [
    ...(await readUsedValues(db, steps.dimension, steps.added)),
    ...steps.added.filter((code) => (values.get(code)?.version ?? 2) > 1),
    ...steps.changed.filter((c) => !stands(values.get(c.number) ?? {}, c)).map((c) => c.number),
  ]
  if (on.length > 0) throw builtOn(on)
  // A value's code is kept for ever, so one that was made is closed from today instead of taken away.
  const closedFrom = dayInOslo(at)
  return [
    ...steps.added.map((code) => updateValue(steps.dimension, { ...values.get(code)!, closedFrom }, 1)),
    ...steps.changed.map((c) => {
      const now = values.get(c.number)!
      return updateValue(steps.dimension, { ...now, ...c.before }, now.version)
    }),
  ]
}

async function openingBack(ctx: ImportContext, { date, before, version }: UndoSteps & { of: 'opening' }) {
  const now = await readOpening(ctx.db, date)
  if (!now || now.version !== version || (now.state !== 'draft' && now.state !== 'reversed')) throw builtOn([date])
  const held = unlessChanged(openingHas(date, version))
  if (!before && now.state === 'draft') return [held, ...(await planRemoval(ctx, date)).statements]
  const content = (before ?? { rows: [], resultAccount: null }) as OpeningContent
  return [held, ...(await planOpening(ctx, date as IsoDate, content, version)).statements]
}

async function movementsBack(ctx: ImportContext, { before, version }: UndoSteps & { of: 'movements' }) {
  const plan = await readTakeover(ctx.db)
  const booked = (await readMonthVouchers(ctx.db)).some((v) => !v.reversed && v.contentHash !== null)
  if (plan?.version !== version || booked) throw builtOn([])
  return [
    unlessChanged(takeoverHas(version)),
    ...(await planMovements(ctx, before as MovementSheet, version)).statements,
  ]
}

function comparisonBack(
  { by, at }: ImportContext,
  { before, version }: UndoSteps & { of: 'comparison' },
): InStatement[] {
  return [unlessChanged(comparisonHas(version)), keepComparison(before as MovementSheet['rows'], version, by, at)]
}

/** Vouchers taken back in one batch: all of them stand reversed, or none. Beyond this many, in several: others post in between. */
const BATCH_VOUCHERS = 200

async function vouchersBack(ctx: ImportContext, id: string, ids: readonly string[]) {
  const reversals = new Map<string, string>()
  for (const voucher of ids)
    reversals.set(voucher, idFromHash('vch', await sha256(`reversal of ${voucher} by import ${id}`)))
  const done = await readVoucherDates(ctx.db, [...reversals.values()])
  const left = ids.filter((voucher) => !done.has(reversals.get(voucher)!)) // what an undo that was cut off had not reversed
  const on = await readBuiltOn(ctx.db, left)
  if (on.length > 0) throw builtOn(on)
  const dates = await readVoucherDates(ctx.db, left)
  const { by, name, rights } = ctx
  for (let from = 0; from < left.length; from += BATCH_VOUCHERS)
    await runJob(ctx.env, ctx.access, {
      do: 'reverse-all',
      reversals: left.slice(from, from + BATCH_VOUCHERS).map((of) => ({
        of,
        id: reversals.get(of)!,
        voucherDate: dates.get(of)! as IsoDate,
      })),
      reason: made.importUndone,
      by,
      name,
      rights,
    })
}

async function ledgerBack({ db, by, at }: ImportContext, ledger: string): Promise<InStatement[]> {
  if ((await readOldLedger(db, ledger))?.removedAt !== null) return []
  return removeOldLedger(ledger, by, at, made.importUndone)
}

async function budgetBack(ctx: ImportContext, steps: UndoSteps & { of: 'budget' }) {
  const byLine = new Map<string, LineChange>()
  for (const d of steps.lines) {
    const key = JSON.stringify([d.account, d.dimensions])
    const line = byLine.get(key) ?? { account: d.account, dimensions: d.dimensions, cells: [] }
    if (d.field === 'spread' || d.field === 'comment')
      line[d.field] = { value: String(d.before ?? ''), was: String(d.after ?? '') }
    else
      line.cells.push({
        month: d.field as Month,
        amount: d.before as LineChange['cells'][number]['amount'],
        was: d.after as LineChange['cells'][number]['amount'],
      })
    byLine.set(key, line)
  }
  const lines = [...byLine.values()]
  const tried = await saveLines(ctx, steps.budget, { lines, dryRun: true })
  if (tried.conflicts.length > 0) throw builtOn([...new Set(tried.conflicts.map((c) => c.account))])
  await saveLines(ctx, steps.budget, { lines })
}
