import { isError } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Books } from './books.ts'
import { briefEntries, digestOf, readToken } from './dry-run.ts'
import type { PostedAnswer, PostJob, RefusedAnswer, StaleEntries, TravellingProblem } from './job.ts'
import { addDuplicateWarnings, issuesOf, lookAtAll, type Seen, triedOf } from './judge-drafts.ts'
import { answerOf, invalid, type Judged, problem, refused, type Surroundings } from './judged.ts'
import { readVouchersById } from './store.ts'
import { contentOf } from './voucher-draft.ts'

export async function judgePost(job: PostJob, books: Books, around: Surroundings): Promise<Judged> {
  const placeOf = (i: number) => (job.single ? '#' : `#/vouchers/${i}`)
  const { seen, openItems } = await lookAtAll(job.drafts, books, job, around, placeOf)
  await addDuplicateWarnings(seen, books, around, job.single ? undefined : '#/vouchers')

  const first = seen[0]
  if (job.single && first?.kind === 'reused') return refused(await idReused(first, around.db))
  const stale = job.dryRunToken === undefined ? undefined : await staleness(job, seen, books, around)
  if (stale) return refused(stale)
  const issues = seen.flatMap(issuesOf)
  if (job.mode === 'all-or-nothing' && issues.some(isError)) return refused(invalid(issues))

  const schedules = seen.flatMap((s) => (s.kind === 'ready' ? s.schedules : []))
  const toPost = seen.flatMap((s) =>
    s.kind === 'ready' ? [s.prepared, ...s.schedules.flatMap((schedule) => schedule.vouchers)] : [],
  )
  seen.forEach((s, i) => {
    if (s.kind === 'ready') s.prepared.at = placeOf(i)
  })
  if (toPost.length > 0 && job.atVersion !== undefined && job.atVersion < around.ledgerVersion)
    return refused(problem(409, 'voucher/contended'))
  const toMatch = seen.flatMap((s) => (s.kind === 'ready' ? s.matches : []))
  return {
    toPost,
    ...(toMatch.length > 0 && { toMatch, openItems: openItems! }),
    ...(schedules.length > 0 && { scheduling: { made: schedules.map((s) => s.schedule) } }),
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
