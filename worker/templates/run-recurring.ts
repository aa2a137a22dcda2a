import type { CompanyAccess } from '#worker/access/store.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash } from '#worker/core/ids.ts'
import { type Issue, isError, Problem } from '#worker/core/problem.ts'
import { HEADER, positionsBetween } from '#worker/drafts/draft-row.ts'
import { saveDraft } from '#worker/drafts/save-draft.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { Bindings } from '#worker/http/env.ts'
import { booksOf } from '#worker/ledger/books.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { readFacts } from '#worker/ledger/store.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'
import { dueDates } from './recurring.ts'
import { type KeptRecurring, type RecurringRun, readRecurring, writeRun } from './recurring-store.ts'
import { readTemplate } from './store.ts'
import { unfold } from './unfold.ts'

type Running = Acting & { env: Bindings; company: Pick<CompanyAccess, 'id' | 'database'>; rights: Rights }

/**
 * Makes what is due up to and with `today`: a draft or a voucher for each day, once. The voucher's id follows from the row and
 * the day, so that a second run, or two at once, make nothing twice. What is refused is kept with its reason and tried again.
 */
export async function runRecurring(ctx: Running, today: IsoDate, only?: string): Promise<RecurringRun[]> {
  const all = (await readRecurring(ctx.db)).filter((r) => only === undefined || r.id === only)
  const made: RecurringRun[] = []
  for (const recurring of all) {
    const done = new Set(recurring.runs.filter((run) => run.status !== 'refused').map((run) => run.dueDate as string))
    for (const day of dueDates(recurring, today, done)) made.push(await runOne(ctx, recurring, day))
  }
  return made
}

async function runOne(ctx: Running, recurring: KeptRecurring, dueDate: IsoDate): Promise<RecurringRun> {
  const { db, by, at } = ctx
  const hash = await sha256(`recurring ${recurring.id} ${dueDate}`)
  const voucher = idFromHash('vch', hash)
  const draft = recurring.makes === 'draft' ? idFromHash('dra', hash) : null
  const done = await make(ctx, recurring, dueDate, voucher, draft)
  const run = { recurring: recurring.id, dueDate, voucher, draft, ...done }
  await db.execute(writeRun({ ...run, by, at }))
  return { ...run, recordedAt: at }
}

type Made = Pick<RecurringRun, 'status' | 'problem'>

async function make(
  ctx: Running,
  recurring: KeptRecurring,
  voucherDate: IsoDate,
  id: VoucherDraft['id'],
  draft: string | null,
): Promise<Made> {
  const template = await readTemplate(ctx.db, recurring.template)
  const books = booksOf((await readFacts(ctx.db)).facts)
  const { draft: unfolded, issues } = unfold(template!, { voucherDate, values: recurring.values }, books)
  if (issues.some(isError)) return refusedBy('request/invalid', issues)
  const wanted = { id, ...unfolded }
  if (draft) {
    await saveDraft(ctx, draft, { since: 0, rows: rowsOf(wanted) })
    return { status: 'draft', problem: null }
  }
  try {
    const { by, rights } = ctx
    await runJob(ctx.env, ctx.company, {
      do: 'post',
      drafts: [wanted],
      mode: 'all-or-nothing',
      single: true,
      by,
      rights,
    })
    return { status: 'posted', problem: null }
  } catch (error) {
    if (error instanceof Problem && error.status < 500 && error.code !== 'voucher/contended')
      return refusedBy(error.code, error.issues)
    throw error
  }
}

const refusedBy = (code: string, issues: readonly Issue[]): Made => ({
  status: 'refused',
  problem: { code, issues: issues.filter(isError) as NonNullable<RecurringRun['problem']>['issues'] },
})

/** The voucher as rows of a draft that people share: the header's, and one a line. */
function rowsOf({ id, lines, type, voucherDate, text, template }: VoucherDraft) {
  const positions = positionsBetween('', undefined, lines.length + 1)
  const of = template && { template: template.key, templateVersion: template.version }
  return [
    { key: HEADER, position: positions[0]!, cells: { id, type, voucherDate, ...(text && { text }), ...of } },
    ...lines.map(({ rowKey, dimensions = {}, matches: _, ...line }, i) => ({
      key: rowKey ?? `r${i + 1}`,
      position: positions[i + 1]!,
      cells: Object.fromEntries([
        ...Object.entries(line).filter(
          (pair): pair is [string, string | number] => pair[1] !== null && pair[1] !== undefined,
        ),
        ...Object.entries(dimensions).flatMap(([key, code]) =>
          code === null ? [] : [[`dimensions/${key}`, code] as const],
        ),
      ]),
    })),
  ]
}
