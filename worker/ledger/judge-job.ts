import type { Instant } from '#worker/core/dates.ts'
import { monthOf } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { negate } from '#worker/core/money.ts'
import { type Issue, isError } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { type Books, fiscalYearOf, lockLevelOn } from './books.ts'
import { briefEntries, digestOf, readToken, type TriedVoucher, tokenOf } from './dry-run.ts'
import { accountAndParty, type Entry } from './entry.ts'
import type {
  BookedJob,
  BookedVoucher,
  Job,
  JobAnswer,
  PostedAnswer,
  PostJob,
  RefusedAnswer,
  ReversalJob,
  StaleEntries,
  TravellingProblem,
  TriedAnswer,
  TryJob,
} from './job.ts'
import { readBalancesAfter } from './read-balances-after.ts'
import { readDuplicates } from './read-duplicates.ts'
import { type NewVoucher, readVoucher, readVouchersById, type StoredVoucher } from './store.ts'
import { checkBalance, checkVoucher, error, type Judgement } from './voucher.ts'
import { contentOf, type Voucher } from './voucher-draft.ts'

/** A voucher that is ready to be numbered and chained. `row` is set when that is done. */
export type Prepared = Omit<
  StoredVoucher,
  'ledgerVersion' | 'number' | 'recordedAt' | 'factsVersion' | 'prevHash' | 'hash'
> & {
  entries: readonly Entry[]
  issues: Issue[]
  eventType: string
  row?: NewVoucher
}
/** What a job comes to: what it posts, and its answer once that stands. */
export type Judged = { toPost: Prepared[]; refuses: boolean; answer: (ledgerVersion: number) => JobAnswer }

type Surroundings = {
  db: Database
  now: Instant
  signingKey: string
  alreadyPosted: (id: string) => PostedAnswer | undefined
}

/** Party numbers that a job's lines name, so that they can be read before it is judged. */
export function partiesNamed(job: Job): string[] {
  if (job.do !== 'post' && job.do !== 'try') return []
  return job.drafts.flatMap((draft) => {
    const lines = (draft as { lines?: unknown } | null)?.lines
    if (!Array.isArray(lines)) return []
    return lines.flatMap((line) => {
      const account = (line as { account?: unknown } | null)?.account
      const party = typeof account === 'string' ? accountAndParty(account).party : null
      return party === null ? [] : [party]
    })
  })
}

export function judgeJob(job: Job, books: Books, around: Surroundings): Promise<Judged> {
  switch (job.do) {
    case 'post':
      return judgePost(job, books, around)
    case 'try':
      return judgeTry(job, books, around)
    case 'reverse':
      return judgeReversal(job, books, around)
    case 'book':
      return judgeBooked(job, books, around)
  }
}

const refused = (problem: TravellingProblem): Judged => ({
  toPost: [],
  refuses: true,
  answer: () => ({ ok: false, problem }),
})
const problem = (
  status: TravellingProblem['status'],
  code: string,
  issues: readonly Issue[] = [],
  extra: Record<string, unknown> = {},
): TravellingProblem => ({ status, code, issues, params: {}, extra })

type Seen =
  | { kind: 'ready'; judgement: Judgement & { ok: true }; content: string; contentHash: string; prepared: Prepared }
  | { kind: 'replay'; posted: PostedAnswer }
  | { kind: 'reused'; posted: PostedAnswer; voucher: Voucher; issues: Issue[] }
  | { kind: 'refused'; id: string | null; judgement: Judgement }

async function judgePost(job: PostJob, books: Books, around: Surroundings): Promise<Judged> {
  const seen: Seen[] = []
  for (const [i, draft] of job.drafts.entries())
    seen.push(await look(draft, books, job, around.alreadyPosted, job.single ? '#' : `#/vouchers/${i}`))
  markDoubles(seen)
  await addDuplicateWarnings(seen, books, around.db, job.single ? undefined : '#/vouchers')

  const first = seen[0]
  if (job.single && first?.kind === 'reused') return refused(await idReused(first, around.db))
  const stale = job.dryRunToken === undefined ? undefined : await staleness(job, seen, books, around)
  if (stale) return refused(stale)
  const issues = seen.flatMap(issuesOf)
  if (job.mode === 'all-or-nothing' && issues.some(isError)) return refused(invalid(issues))

  const toPost = seen.flatMap((s) => (s.kind === 'ready' ? [s.prepared] : []))
  return {
    toPost,
    refuses: issues.some(isError),
    answer: (ledgerVersion) => ({
      ok: true,
      ledgerVersion,
      vouchers: seen.map((s): PostedAnswer | RefusedAnswer => {
        if (s.kind === 'ready') return answerOf(s.prepared)
        if (s.kind === 'replay') return { ...s.posted, replayed: true }
        return { id: s.kind === 'reused' ? s.voucher.id : s.id, status: 'refused', issues: issuesOf(s) }
      }),
    }),
  }
}

/** 423 when a lock is the only obstacle, else 422. */
function invalid(issues: readonly Issue[]): TravellingProblem {
  const lockOnly = issues.filter(isError).every((issue) => issue.code === 'period/locked')
  return lockOnly ? problem(423, 'period/locked', issues) : problem(422, 'voucher/invalid', issues)
}

const issuesOf = (s: Seen): Issue[] => {
  if (s.kind === 'replay') return []
  return s.kind === 'reused' ? s.issues : s.judgement.issues
}

/** One draft judged, or recognised by its id as posted before. */
async function look(
  draft: unknown,
  books: Books,
  asked: Pick<PostJob, 'by' | 'rights'>,
  alreadyPosted: Surroundings['alreadyPosted'],
  at: string,
): Promise<Seen> {
  const id = (draft as { id?: unknown } | null)?.id
  const judgement = checkVoucher(draft, books, asked.rights, at)
  const content = judgement.voucher && contentOf(judgement.voucher)
  const contentHash = content && (await sha256(content))
  const posted = typeof id === 'string' ? alreadyPosted(id) : undefined
  if (posted && judgement.voucher) {
    if (posted.contentHash === contentHash) return { kind: 'replay', posted }
    const params = { voucher: `${posted.series} ${posted.fiscalYear}-${posted.number}` }
    return {
      kind: 'reused',
      posted,
      voucher: judgement.voucher,
      issues: [error('voucher/id-reused', `${at}/id`, params)],
    }
  }
  if (!judgement.ok) return { kind: 'refused', id: typeof id === 'string' ? id : null, judgement }
  return {
    kind: 'ready',
    judgement,
    content: content!,
    contentHash: contentHash!,
    prepared: prepare(judgement, books, asked.by, content!, contentHash!),
  }
}

function prepare(
  judged: Judgement & { ok: true },
  books: Books,
  by: string,
  content: string,
  contentHash: string,
): Prepared {
  const { voucher, entries, issues } = judged
  const type = books.voucherTypes.get(voucher.type)!
  return {
    id: voucher.id,
    type: type.key,
    series: type.series,
    fiscalYear: fiscalYearOf(voucher.voucherDate, books)!.year,
    voucherDate: voucher.voucherDate,
    documentDate: voucher.documentDate,
    vatDate: voucher.vatDate,
    text: voucher.text,
    by,
    reversalOf: null,
    reason: voucher.reason ?? null,
    importJob: null,
    externalId: null,
    content,
    contentHash,
    entries,
    issues,
    eventType: 'voucher.posted',
  }
}

/** The same id twice in one request cannot both be posted. */
function markDoubles(seen: Seen[]) {
  const ids = new Set<string>()
  seen.forEach((s, i) => {
    if (s.kind !== 'ready') return
    const { id } = s.prepared
    if (ids.has(id)) {
      const issues = [error('voucher/id-reused', `#/vouchers/${i}/id`, { voucher: id })]
      seen[i] = { kind: 'refused', id, judgement: { ...s.judgement, ok: false, issues } }
    }
    ids.add(id)
  })
}

/** Supplier invoice numbers used before are told as warnings, which never stop a posting. */
async function addDuplicateWarnings(seen: readonly Seen[], books: Books, db: Database, batchAt: string | undefined) {
  const asked = seen.flatMap((s, i) =>
    s.kind === 'ready' ? [{ voucher: s.judgement.voucher, at: batchAt ? `${batchAt}/${i}` : '#' }] : [],
  )
  const warnings = await readDuplicates(db, asked, books)
  for (const s of seen) if (s.kind === 'ready') s.prepared.issues.push(...(warnings.get(s.prepared.id) ?? []))
}

function answerOf(prepared: Prepared): PostedAnswer {
  const row = prepared.row!
  return {
    id: row.id,
    type: row.type,
    series: row.series,
    fiscalYear: row.fiscalYear,
    number: row.number,
    status: 'posted',
    ledgerVersion: row.ledgerVersion,
    recordedAt: row.recordedAt,
    hash: row.hash,
    contentHash: row.contentHash,
    replayed: false,
    issues: prepared.issues,
  }
}

async function idReused(seen: Seen & { kind: 'reused' }, db: Database): Promise<TravellingProblem> {
  const [stored] = await readVouchersById(db, [seen.posted.id])
  const { id, series, fiscalYear, number, contentHash } = seen.posted
  return problem(422, 'voucher/id-reused', seen.issues, {
    posted: { id, series, fiscalYear, number, contentHash },
    diff: stored?.content ? differences(JSON.parse(stored.content), JSON.parse(contentOf(seen.voucher))) : [],
    remedies: ['correct', 'new-id'],
  })
}

type Content = Record<string, unknown> & { lines: (Record<string, unknown> & { rowKey: string })[] }

/** Where two contents differ, by row and field. */
export function differences(
  posted: Content,
  sent: Content,
): { rowKey: string | null; field: string; posted: unknown; sent: unknown }[] {
  const compare = (rowKey: string | null, a: Record<string, unknown>, b: Record<string, unknown>) =>
    [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .filter((field) => field !== 'lines' && JSON.stringify(a[field]) !== JSON.stringify(b[field]))
      .map((field) => ({ rowKey, field, posted: a[field] ?? null, sent: b[field] ?? null }))
  const postedLines = new Map(posted.lines.map((line) => [line.rowKey, line]))
  const sentLines = new Map(sent.lines.map((line) => [line.rowKey, line]))
  const keys = new Set([...postedLines.keys(), ...sentLines.keys()])
  return [
    ...compare(null, posted, sent),
    ...[...keys].flatMap((key) => compare(key, postedLines.get(key) ?? {}, sentLines.get(key) ?? {})),
  ]
}

/** What was tried must be what is posted: same contents, same entries, same facts under them (moonshot 5). */
async function staleness(job: PostJob, seen: readonly Seen[], books: Books, around: Surroundings) {
  const token = await readToken(job.dryRunToken!, books.company.id, Date.parse(around.now), around.signingKey)
  const tried = seen.flatMap((s) => (s.kind === 'ready' ? [triedOf(s)] : []))
  if (seen.every((s) => s.kind === 'replay')) return undefined
  if (token && tried.length === seen.length && token.digest === (await digestOf(tried, books))) return undefined
  const entries: StaleEntries = {
    tried: token?.entries ?? null,
    now: Object.fromEntries(tried.map((t) => [t.voucher.id, briefEntries(t.entries)])),
  }
  return problem(409, 'dry-run/stale', seen.flatMap(issuesOf), { entries })
}

const triedOf = (s: Seen & { kind: 'ready' }): TriedVoucher => ({
  voucher: s.judgement.voucher,
  entries: s.prepared.entries,
  contentHash: s.contentHash,
})

async function judgeTry(job: TryJob, books: Books, around: Surroundings): Promise<Judged> {
  const ids = job.drafts.flatMap((d) => {
    const id = (d as { id?: unknown } | null)?.id
    return typeof id === 'string' ? [id] : []
  })
  const stored = new Map((await readVouchersById(around.db, ids)).map((v) => [v.id, v]))
  const known = (id: string): PostedAnswer | undefined => {
    const v = stored.get(id)
    return v && { ...v, status: 'posted', replayed: true, issues: [] }
  }
  const seen: Seen[] = []
  for (const [i, draft] of job.drafts.entries()) seen.push(await look(draft, books, job, known, `#/vouchers/${i}`))
  markDoubles(seen)
  await addDuplicateWarnings(seen, books, around.db, '#/vouchers')
  const ready = seen.flatMap((s) => (s.kind === 'ready' ? [triedOf(s)] : []))
  const anyRefused = seen.some((s) => s.kind === 'refused' || s.kind === 'reused')
  const mayPost = ready.length > 0 && !(anyRefused && job.mode === 'all-or-nothing')
  const dryRunToken = mayPost
    ? await tokenOf(books.company.id, ready, books, Date.parse(around.now), around.signingKey)
    : null
  const balances = await readBalancesAfter(around.db, ready, books)
  const tried = seen.map((s, i): TriedAnswer => triedAnswer(s, job.drafts[i], balances))
  return { toPost: [], refuses: false, answer: (ledgerVersion) => ({ ok: true, ledgerVersion, tried, dryRunToken }) }
}

function triedAnswer(s: Seen, draft: unknown, balances: Map<string, TriedAnswer['balancesAfter']>): TriedAnswer {
  if (s.kind === 'ready') {
    const { id, entries, contentHash, issues } = s.prepared
    return { id, status: 'ready', contentHash, entries: [...entries], balancesAfter: balances.get(id) ?? [], issues }
  }
  if (s.kind === 'replay')
    return {
      id: s.posted.id,
      status: 'posted',
      contentHash: s.posted.contentHash,
      entries: [],
      balancesAfter: [],
      issues: [],
    }
  const id = (draft as { id?: unknown } | null)?.id
  const entries = s.kind === 'refused' ? s.judgement.entries : []
  return {
    id: typeof id === 'string' ? id : null,
    status: 'refused',
    contentHash: null,
    entries,
    balancesAfter: [],
    issues: issuesOf(s),
  }
}

/**
 * The reversal negates each entry as it was booked; nothing is computed anew. Reversed once; the reversal may itself be
 * reversed, which gives the original's figures. Source: features.md 4.2; bokføringsloven § 9.
 */
async function judgeReversal(job: ReversalJob, books: Books, around: Surroundings): Promise<Judged> {
  const original = await readVoucher(around.db, job.of)
  if (!original) return refused(problem(404, 'voucher/unknown'))
  const content = JSON.stringify({ id: job.id, reversalOf: job.of, voucherDate: job.voucherDate, reason: job.reason })
  const contentHash = await sha256(content)
  const before = around.alreadyPosted(job.id) ?? (await storedAnswer(job.id, around.db))
  if (before?.contentHash === contentHash)
    return {
      toPost: [],
      refuses: false,
      answer: (v) => ({ ok: true, ledgerVersion: v, vouchers: [{ ...before, replayed: true }] }),
    }
  const issues: Issue[] = []
  if (before)
    issues.push(
      error('voucher/id-reused', '#/id', { voucher: `${before.series} ${before.fiscalYear}-${before.number}` }),
    )
  if (original.reversedBy) issues.push(error('voucher/already-reversed', '#', { by: original.reversedBy }))
  issues.push(...checkDay(job, books, '#'))
  if (issues.length > 0) {
    const only = issues.length === 1 && issues[0]!.code !== 'fiscal-year/missing' ? issues[0]!.code : 'voucher/invalid'
    return refused(only === 'period/locked' ? problem(423, only, issues) : problem(422, only, issues))
  }
  const entries = original.entries.map((entry) => ({
    ...entry,
    amount: negate(entry.amount),
    currencyAmount: entry.currencyAmount === null ? null : -entry.currencyAmount,
  }))
  const prepared: Prepared = {
    id: job.id,
    type: original.type,
    series: original.series,
    fiscalYear: fiscalYearOf(job.voucherDate, books)!.year,
    voucherDate: job.voucherDate,
    documentDate: job.voucherDate,
    vatDate: original.vatDate,
    text: original.text,
    by: job.by,
    reversalOf: original.id,
    reason: job.reason,
    importJob: null,
    externalId: null,
    content,
    contentHash,
    entries,
    issues: [],
    eventType: 'voucher.reversed',
  }
  return {
    toPost: [prepared],
    refuses: false,
    answer: (v) => ({ ok: true, ledgerVersion: v, vouchers: [answerOf(prepared)] }),
  }
}

async function storedAnswer(id: string, db: Database): Promise<PostedAnswer | undefined> {
  const [stored] = await readVouchersById(db, [id])
  return stored && { ...stored, status: 'posted', replayed: true, issues: [] }
}

function checkDay(job: Pick<ReversalJob, 'voucherDate' | 'reason' | 'rights'>, books: Books, at: string): Issue[] {
  if (!fiscalYearOf(job.voucherDate, books))
    return [error('fiscal-year/missing', `${at}/voucherDate`, { date: job.voucherDate })]
  const level = lockLevelOn(job.voucherDate, books)
  if (level === 'open' || (level === 'soft' && job.rights.softLock && job.reason)) return []
  return [error('period/locked', `${at}/voucherDate`, { period: monthOf(job.voucherDate), level })]
}

/** What the content hash of a booked voucher is taken over: it has no draft. */
export const bookedContent = (v: BookedVoucher): string =>
  JSON.stringify([v.type, v.voucherDate, v.documentDate, v.vatDate, v.text, v.externalId, v.entries])

async function judgeBooked(job: BookedJob, books: Books, around: Surroundings): Promise<Judged> {
  const toPost: Prepared[] = []
  const replays = new Map<string, PostedAnswer>()
  for (const v of job.vouchers) {
    const contentHash = await sha256(bookedContent(v))
    const before = around.alreadyPosted(v.id)
    if (before?.contentHash === contentHash) {
      replays.set(v.id, before)
      continue
    }
    const issues = [
      ...checkDay({ voucherDate: v.voucherDate, reason: null, rights: job.rights }, books, '#'),
      ...checkBalance(v.entries, '#'),
    ]
    if (before) issues.push(error('voucher/id-reused', '#/id', { voucher: v.externalId }))
    if (issues.length > 0) return refused({ ...invalid(issues), params: { voucher: v.externalId } })
    const type = books.voucherTypes.get(v.type) ?? books.voucherTypes.get('general')!
    toPost.push({
      id: v.id,
      type: type.key,
      series: type.series,
      fiscalYear: fiscalYearOf(v.voucherDate, books)!.year,
      voucherDate: v.voucherDate,
      documentDate: v.documentDate,
      vatDate: v.vatDate,
      text: v.text,
      by: job.by,
      reversalOf: null,
      reason: null,
      importJob: job.importJob,
      externalId: v.externalId,
      content: null,
      contentHash,
      entries: v.entries,
      issues: [],
      eventType: 'voucher.posted',
    })
  }
  return {
    toPost,
    refuses: false,
    answer: (ledgerVersion) => ({
      ok: true,
      ledgerVersion,
      vouchers: [...toPost.map(answerOf), ...[...replays.values()].map((r) => ({ ...r, replayed: true }))],
    }),
  }
}
