import type { Meaning } from '#i18n/sheet-words.ts'
import { isoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash, type VoucherId } from '#worker/core/ids.ts'
import { type Issue, isError, Problem } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { PostedAnswer, TriedAnswer } from '#worker/ledger/job.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import type { Answers } from '#worker/sheets/paste-cells.ts'
import { readTable } from '#worker/sheets/paste-table.ts'
import { draftOf } from '#worker/sheets/row-draft.ts'
import { emptyDesk, type Group, type Header, type Row, vouchersOf } from '#worker/sheets/sheet.ts'
import type { Chosen, ImportContext } from './import-context.ts'
import type { RowOutcome, Run } from './import-outcome.ts'
import { ofEntry } from './sheet-records.ts'

/** Lines handed to the writer at a time. */
const CHUNK_LINES = 2_000

type Voucher = { group: Group; draft: Record<string, unknown>; lines: { row: Row; at: number }[]; unread: Issue[] }

/**
 * Posts the vouchers of a sheet through the ledger's one door. A voucher's id is made from its key and day, or from its content and
 * which of its twins it is, so the same sheet again posts nothing twice; the same key with other content is refused with the difference.
 * @throws Problem as posting does.
 */
export async function runVoucherImport(
  ctx: ImportContext,
  chosen: Chosen,
  books: Books,
  dryRun: boolean,
): Promise<Run> {
  const { layout, choices } = chosen
  const rows = chosen.sheets[0]!.rows
  const header: Header = {
    type: choices.options.type ?? '',
    voucherDate: choices.options.date ?? '',
    documentDate: '',
    text: '',
    reason: choices.options.reason ?? '',
  }
  const width = layout.columns.length
  const cells = rows.map((row) => Array.from({ length: width }, (_, col) => row[col] ?? ''))
  const columns = {
    at: layout.header,
    columns: {
      meanings: layout.columns.map((c) => (c.field as Meaning | null) ?? undefined),
      titles: layout.columns.map((c) => c.title),
      from: layout.header >= 0 ? ('header' as const) : ('content' as const),
    },
  }
  const reading = readTable(cells, books, choices.answers as Answers, header, columns)
  if (!reading) throw new Problem(422, 'sheet/no-rows')
  const desk = {
    ...emptyDesk('' as VoucherId, header),
    mode: 'sheet' as const,
    rows: reading.lines.map(({ row }) => row),
  }
  const vouchers = await Promise.all(
    vouchersOf(desk).map(async (group): Promise<Voucher> => {
      const lines = group.rows.map((i) => reading.lines[i]!)
      const own = { ...group, header: { ...group.header, type: group.header.type || 'general' } }
      const draft = draftOf(
        own,
        lines.map(({ row }) => row),
      )
      return { group, draft, lines, unread: lines.flatMap(unreadOf) }
    }),
  )
  await giveIds(ctx.access.books, vouchers, reading.by === 'key')
  const outcomes: RowOutcome[] = []
  const posted: string[] = []
  let sum = 0
  for (const chunk of inChunks(vouchers.filter((v) => v.unread.length === 0))) {
    for (const { voucher, answer } of await settled(ctx, chunk, dryRun)) {
      outcomes.push(...outcomesOf(voucher, answer))
      if (!dryRun && answer.status === 'posted' && !answer.replayed) posted.push(answer.id!)
    }
  }
  for (const voucher of vouchers) {
    for (const { row } of voucher.lines) if (typeof row.amount === 'number' && row.amount > 0) sum += row.amount
    if (voucher.unread.length > 0)
      outcomes.push(...outcomesOf(voucher, { status: 'refused', issues: voucher.unread, id: null }))
  }
  return {
    rows: outcomes.sort((a, b) => a.row - b.row),
    passedOver: reading.passedOver,
    told: reading.told.map(ofEntry),
    questions: reading.questions.map((q) => ({
      of: q.of,
      text: ofEntry(q),
      choices: q.choices.map((choice) => ({ value: choice.value, text: ofEntry(choice) })),
    })),
    sum,
    steps: { of: 'vouchers', ids: posted },
  }
}

type Answer = Pick<TriedAnswer, 'status' | 'issues' | 'id'> & Partial<Omit<PostedAnswer, 'status' | 'issues' | 'id'>>

/** Tries or posts vouchers; posting is all or nothing for each chunk, and one that was posted before gives its first answer. */
async function settled(ctx: ImportContext, chunk: readonly Voucher[], dryRun: boolean) {
  const { by, name, rights } = ctx
  const drafts = chunk.map((v) => v.draft)
  const done = await runJob(
    ctx.env,
    ctx.access,
    dryRun
      ? { do: 'try', drafts, mode: 'per-voucher', by, name, rights }
      : { do: 'post', drafts, mode: 'all-or-nothing', single: false, by, name, rights },
  )
  const answers = ('tried' in done ? done.tried : 'vouchers' in done ? done.vouchers : []) as Answer[]
  return chunk.map((voucher, i) => ({ voucher, answer: answers[i]! }))
}

function* inChunks(vouchers: readonly Voucher[]): Generator<Voucher[]> {
  let chunk: Voucher[] = []
  let lines = 0
  for (const voucher of vouchers) {
    if (chunk.length > 0 && lines + voucher.lines.length > CHUNK_LINES) {
      yield chunk
      chunk = []
      lines = 0
    }
    chunk.push(voucher)
    lines += voucher.lines.length
  }
  if (chunk.length > 0) yield chunk
}

/** Ids that the same voucher of the same company always gets. */
async function giveIds(company: string, vouchers: readonly Voucher[], keyed: boolean): Promise<void> {
  const seen = new Map<string, number>()
  for (const { group, draft } of vouchers) {
    const { type, voucherDate } = group.header
    const key = keyed ? ['key', type, voucherDate, group.key] : ['content', JSON.stringify({ ...draft, id: undefined })]
    const text = JSON.stringify([company, 'sheet', ...key])
    const times = (seen.get(text) ?? 0) + 1
    seen.set(text, times)
    draft.id = idFromHash('vch', await sha256(times === 1 ? text : `${text} ${times}`))
  }
}

/** Cells that a draft cannot hold, and would leave out. */
function unreadOf({ row, at }: { row: Row; at: number }): Issue[] {
  const wrong = (field: string, text: string): Issue => ({
    code: 'sheet/cell',
    severity: 'error',
    pointer: `#/rows/${at}/${field}`,
    params: { text, row: at },
  })
  return [
    ...(typeof row.amount === 'string' && row.amount !== '' ? [wrong('amount', row.amount)] : []),
    ...(['date', 'documentDate', 'dueDate'] as const).flatMap((field) =>
      row[field] !== '' && !isoDate(row[field]) ? [wrong(field, row[field])] : [],
    ),
  ]
}

/** A voucher's rows, each with what is wrong on its line; what is wrong with the whole stands on the first. */
function outcomesOf({ group, lines }: Voucher, answer: Answer): RowOutcome[] {
  const isRefused = answer.status === 'refused' || answer.issues.some(isError)
  const isBefore = answer.status === 'posted' && answer.replayed !== false
  const number = answer.number === undefined ? '' : `${answer.series} ${answer.fiscalYear}-${answer.number}`
  const subject = number || [group.key, group.header.text || lines[0]!.row.text].filter(Boolean).join(' ')
  return lines.map(({ at }, i) => ({
    row: at,
    status: isRefused ? 'refused' : isBefore ? 'unchanged' : 'new',
    subject,
    changes: {},
    issues: answer.issues.filter((issue) => stands(issue, at, i)),
  }))
}

/** Whether an issue is told on a row: on its own line, and on the first row what is wrong with the whole voucher. */
function stands({ pointer }: Issue, at: number, place: number): boolean {
  const row = /^#\/rows\/(\d+)\//.exec(pointer)?.[1]
  if (row !== undefined) return Number(row) === at
  return Number(/\/lines\/(\d+)/.exec(pointer)?.[1] ?? 0) === place
}
