import type { Meaning } from '#i18n/sheet-words.ts'
import { isoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash, type VoucherId } from '#worker/core/ids.ts'
import { type Issue, isError, Problem } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { PostedAnswer, TriedAnswer } from '#worker/ledger/job.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { rateOf } from '#worker/sheets/cell-values.ts'
import type { Answers } from '#worker/sheets/paste-cells.ts'
import { readTable } from '#worker/sheets/paste-table.ts'
import { draftOf } from '#worker/sheets/row-draft.ts'
import { emptyDesk, type Group, type Header, type Row, vouchersOf } from '#worker/sheets/sheet.ts'
import { findOwnVouchers, ownJournalOf } from './find-own-vouchers.ts'
import type { Chosen, ImportContext } from './import-context.ts'
import type { RowOutcome, Run } from './import-outcome.ts'
import type { Question } from './import-reading.ts'
import { askedOfEntry, ofEntry, shortList, tell } from './sheet-records.ts'
import { keepSteps, readReversed, readUndoSteps, readVoucherDates } from './store.ts'

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
  const answers = choices.answers as Answers
  const reading = readTable(cells, books, answers, header, columns)
  if (!reading) throw new Problem(422, 'sheet/no-rows')
  const journal = ownJournalOf({ columns: layout.columns, cells, lines: reading.lines })
  if (journal)
    return {
      rows: await findOwnVouchers(ctx.db, reading.lines, journal),
      passedOver: reading.passedOver,
      told: [tell('ownJournal')],
      questions: [],
      sum: null,
      steps: null,
    }
  const desk = {
    ...emptyDesk('' as VoucherId, header),
    mode: 'sheet' as const,
    rows: reading.lines.map(({ row }) => rated(row, answers)),
  }
  const vouchers = await Promise.all(
    vouchersOf(desk).map(async (group): Promise<Voucher> => {
      const lines = group.rows.map((i) => reading.lines[i]!)
      const own = { ...group, header: { ...group.header, type: group.header.type || 'general' } }
      const draft = draftOf(
        own,
        lines.map(({ row }) => rated(row, answers)),
      )
      return { group, draft, lines, unread: lines.flatMap(unreadOf) }
    }),
  )
  await giveIds(ctx.access.books, vouchers, reading.by === 'key')
  const readable = vouchers.filter((v) => v.unread.length === 0)
  const own = dryRun ? new Set<string>() : await begin(ctx, chosen.source.id, readable)
  const outcomes: RowOutcome[] = []
  const posted: string[] = []
  const before: string[] = []
  let sum = 0
  let stopped: Problem | undefined
  /** What was posted before stands, and needs a receipt to be taken back by; where nothing was, all of it is refused. */
  const refused = async (chunk: readonly Voucher[], cause: unknown) => {
    if (!(cause instanceof Problem) || cause.status >= 500 || dryRun) throw cause
    if (posted.length === 0) {
      await ctx.db.execute(keepSteps(chosen.source.id, { of: 'vouchers', ids: [] }))
      throw cause
    }
    stopped = cause
    return left(chunk, cause.issues)
  }
  for (const chunk of inChunks(readable)) {
    const settledChunk = stopped
      ? left(chunk)
      : await settled(ctx, chunk, dryRun).catch((cause) => refused(chunk, cause))
    for (const { voucher, answer } of settledChunk) {
      outcomes.push(...outcomesOf(voucher, answer))
      if (answer.status === 'posted' && own.has(answer.id!)) posted.push(answer.id!)
      if (isBefore(answer)) before.push(answer.id!)
    }
  }
  for (const voucher of vouchers) {
    for (const { row } of voucher.lines) if (typeof row.amount === 'number' && row.amount > 0) sum += row.amount
    if (voucher.unread.length > 0)
      outcomes.push(...outcomesOf(voucher, { status: 'refused', issues: voucher.unread, id: null }))
  }
  const reversed = await readReversed(ctx.db, before)
  return {
    rows: outcomes.sort((a, b) => a.row - b.row),
    passedOver: reading.passedOver,
    told: [
      ...reading.told.map(ofEntry),
      ...(reversed.length > 0
        ? [tell('reversedBefore', { n: reversed.length, vouchers: shortList(reversed) }, true)]
        : []),
      ...(stopped ? [tell('importStopped', { posted: posted.length, n: readable.length }, true)] : []),
    ],
    questions: [...reading.questions.map(askedOfEntry), ...rateQuestion(outcomes, answers)],
    sum,
    steps: { of: 'vouchers', ids: posted },
  }
}

/**
 * Says what is about to be posted before anything is, so that what stands of an import that was refused or cut off midway can be taken
 * back. What stood before it is not its own. Gives the ids that are.
 */
async function begin({ db }: ImportContext, id: string, vouchers: readonly Voucher[]): Promise<ReadonlySet<string>> {
  const ids = vouchers.map(({ draft }) => String(draft.id))
  const [standing, before] = [await readVoucherDates(db, ids), await readUndoSteps(db, id)]
  const own = new Set(before?.of === 'vouchers' ? before.ids : [])
  for (const voucher of ids) if (!standing.has(voucher)) own.add(voucher)
  await db.execute(keepSteps(id, { of: 'vouchers', ids: [...own] }))
  return own
}

/** Vouchers that were not posted, the first of them with what was wrong. */
const left = (chunk: readonly Voucher[], issues: readonly Issue[] = []) =>
  chunk.map((voucher, i) => ({
    voucher,
    answer: {
      status: 'refused' as const,
      id: null,
      issues: issues.filter(({ pointer }) => pointer.startsWith(`#/vouchers/${i}/`) || pointer === `#/vouchers/${i}`),
    },
  }))

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
    const { voucherDate } = group.header
    const key = keyed
      ? ['key', draft.type, voucherDate, group.key]
      : ['content', JSON.stringify({ ...draft, id: undefined })]
    const text = JSON.stringify([company, 'sheet', ...key])
    const times = (seen.get(text) ?? 0) + 1
    seen.set(text, times)
    draft.id = idFromHash('vch', await sha256(times === 1 ? text : `${text} ${times}`))
  }
}

/** A rate by what was answered of the unit. */
const rated = (row: Row, { rateUnit }: Answers): Row =>
  rateUnit === 'per-100' && /^[\d.]+$/.test(row.rate) ? { ...row, rate: `${row.rate}/100` } : row

/** Rates far from the table's are asked about, once for the source. */
function rateQuestion(outcomes: readonly RowOutcome[], { rateUnit }: Answers): Question[] {
  if (rateUnit || !outcomes.some(({ issues }) => issues.some((issue) => issue.code === 'currency-rate/far'))) return []
  const choices = ['as-written', 'per-100'].map((value) => ({ value, text: tell(`rate-${value}`) }))
  return [{ of: 'rateUnit', text: tell('askRateUnit'), choices }]
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
    ...(['amount', 'currencyAmount', 'vatAmount'] as const).flatMap((field) => {
      const value = row[field]
      return typeof value === 'string' && value !== '' ? [wrong(field, value)] : []
    }),
    ...(row.rate !== '' && !rateOf(row.rate) ? [wrong('rate', row.rate)] : []),
    ...(['date', 'documentDate', 'dueDate'] as const).flatMap((field) =>
      row[field] !== '' && !isoDate(row[field]) ? [wrong(field, row[field])] : [],
    ),
  ]
}

/** Posted by an earlier import or request. */
const isBefore = ({ status, replayed }: Answer): boolean => status === 'posted' && replayed !== false

/** A voucher's rows, each with what is wrong on its line; what is wrong with the whole stands on the first. */
function outcomesOf({ group, lines }: Voucher, answer: Answer): RowOutcome[] {
  const isRefused = answer.status === 'refused' || answer.issues.some(isError)
  const number = answer.number === undefined ? '' : `${answer.series} ${answer.fiscalYear}-${answer.number}`
  const subject = number || [group.key, group.header.text || lines[0]!.row.text].filter(Boolean).join(' ')
  return lines.map(({ at }, i) => ({
    row: at,
    status: isRefused ? 'refused' : isBefore(answer) ? 'unchanged' : 'new',
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
