import { ore } from '#worker/core/money.ts'
import { type Issue, isError, Problem } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import { readTakeover } from '#worker/opening-balance/plan-store.ts'
import { readOpening } from '#worker/opening-balance/store.ts'
import { movementMonthsOf } from '#worker/opening-balance/takeover-plan.ts'
import { readMovementTable } from '#worker/sheets/paste-movements.ts'
import { readAmount } from '#worker/sheets/read-amount.ts'
import { judgeMovements, openingSums } from '#worker/takeover/movement-judgement.ts'
import { planMovements } from '#worker/takeover/save-plan.ts'
import { takeoverHas } from '#worker/takeover/store.ts'
import type { Chosen, ImportContext } from './import-context.ts'
import type { RowOutcome, Run } from './import-outcome.ts'
import type { Told } from './import-reading.ts'
import { tell } from './sheet-records.ts'
import { unlessChanged } from './store.ts'

/**
 * Puts movements per month into the sheet of the take-over, where they are looked over and booked. An account that has a row there
 * gets the months of this sheet; months that look like balances are told here and refused when they are booked.
 * @throws Problem 404 takeover/none; 422 sheet/no-rows, takeover/finished; 409 version/stale.
 */
export async function runMovementImport(
  ctx: ImportContext,
  { sheets }: Chosen,
  books: Books,
  dryRun: boolean,
): Promise<Run> {
  const plan = await readTakeover(ctx.db)
  if (plan?.variant !== 'movements') throw new Problem(404, 'takeover/none')
  const months = movementMonthsOf(plan, books).map(({ month }) => month)
  const pasted = readMovementTable(sheets[0]!.rows, months)
  if (!pasted) throw new Problem(422, 'sheet/no-rows')
  const standing = plan.rows.filter((row) => Object.values(row.dimensions).every((value) => value === ''))
  const free = new Map<string, MovementRow[]>()
  for (const row of standing) free.set(row.account, [...(free.get(row.account) ?? []), row])
  const keys = new Set(plan.rows.map((row) => row.rowKey))
  const taken = new Map<string, MovementRow>()
  const added: MovementRow[] = []
  let sum = 0
  const rows = pasted.rows.map((cells, i): RowOutcome => {
    const at = pasted.places[i]!
    const account = cells.account!
    const issues: Issue[] = []
    const wrong = (code: string, field: string, params: Issue['params']) =>
      issues.push({ code, severity: 'error', pointer: `#/rows/${at}/${field}`, params: params ?? {} })
    if (!books.accounts.has(account)) wrong('account/unknown', 'account', { account })
    const amounts: MovementRow['amounts'] = {}
    for (const [month, text] of Object.entries(cells)) {
      if (month === 'account') continue
      const read = readAmount(text)
      if (read.kind === 'amount') amounts[month as keyof typeof amounts] = ore(read.ore)
      else if (read.kind !== 'empty') wrong('sheet/cell', month, { text, row: at })
    }
    const before = free.get(account)?.shift()
    const subject = [account, books.accounts.get(account)?.nameNb].filter(Boolean).join(' ')
    if (issues.some(isError)) return { row: at, status: 'refused', subject, changes: {}, issues }
    for (const amount of Object.values(amounts)) sum += amount
    if (!before) {
      added.push({ rowKey: freeKey(at, keys), account, amounts, dimensions: {} })
      return { row: at, status: 'new', subject, changes: {}, issues }
    }
    // A month of the sheet in which nothing moved has no figure there: the one that stood goes.
    const others = Object.entries(before.amounts).filter(([month]) => !pasted.months.includes(month))
    const after: MovementRow = { ...before, amounts: { ...Object.fromEntries(others), ...amounts } }
    const changes = Object.fromEntries(
      pasted.months.flatMap((month) => {
        const [was, is] = [before.amounts[month as never] ?? null, after.amounts[month as never] ?? null]
        return was === is ? [] : [[month, [was, is] as const]]
      }),
    )
    taken.set(before.rowKey, after)
    return { row: at, status: Object.keys(changes).length > 0 ? 'changed' : 'unchanged', subject, changes, issues }
  })
  const sheet = {
    rows: [...plan.rows.map((row) => taken.get(row.rowKey) ?? row), ...added],
    keptMonths: plan.keptMonths,
  }
  const opening = await readOpening(ctx.db, plan.openingDate)
  const judged = judgeMovements(sheet, plan, openingSums(opening?.rows ?? [], books), books)
  const cumulative = judged.months.filter((m) => m.cumulative && !m.kept).map((m) => m.month)
  const told: Told[] = [
    tell('movementsRead', { n: pasted.months.length }),
    ...(pasted.skipped > 0 ? [tell('movementsSkipped', { n: pasted.skipped })] : []),
    ...(pasted.ignored.length > 0 ? [tell('movementsIgnored', { columns: pasted.ignored.join(', ') })] : []),
    ...(cumulative.length > 0 ? [tell('movementsCumulative', { months: cumulative.join(', ') }, true)] : []),
    ...(sum === 0 ? [] : [tell('movementsSum', { sum }, true)]),
  ]
  const saving = dryRun ? [] : (await planMovements(ctx, sheet, plan.version)).statements
  const before = { rows: plan.rows, keptMonths: plan.keptMonths }
  const steps = { of: 'movements' as const, before, version: plan.version + (saving.length > 0 ? 1 : 0) }
  const statements = dryRun ? [] : [unlessChanged(takeoverHas(plan.version)), ...saving]
  return { rows, passedOver: [], told, questions: [], sum, steps, statements }
}

function freeKey(at: number, keys: Set<string>): string {
  let key = `i${at}`
  for (let n = 2; keys.has(key); n++) key = `i${at}-${n}`
  keys.add(key)
  return key
}
