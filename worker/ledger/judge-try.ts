import type { Books } from './books.ts'
import { tokenOf } from './dry-run.ts'
import type { PostedAnswer, TriedAnswer, TriedSchedule, TryJob } from './job.ts'
import { addDuplicateWarnings, issuesOf, lookAtAll, type Seen, triedOf } from './judge-drafts.ts'
import type { Judged, Prepared, Surroundings } from './judged.ts'
import { readBalancesAfter } from './read-balances-after.ts'
import { readDoubles, tellDouble } from './read-doubles.ts'
import { readVouchersById } from './store.ts'
import type { Judgement } from './voucher.ts'

/** What drafts would become. `before`: what would be posted first, in the same batch. */
export async function judgeTry(
  job: TryJob,
  books: Books,
  around: Surroundings,
  before: readonly Prepared[] = [],
): Promise<Judged> {
  const ids = job.drafts.flatMap((d) => {
    const id = (d as { id?: unknown } | null)?.id
    return typeof id === 'string' ? [id] : []
  })
  const stored = new Map((await readVouchersById(around.db, ids)).map((v) => [v.id, v]))
  const known = (id: string): PostedAnswer | undefined => {
    const v = stored.get(id)
    return v && { ...v, status: 'posted', replayed: true, issues: [] }
  }
  const { seen } = await lookAtAll(
    job.drafts,
    books,
    job,
    { db: around.db, alreadyPosted: known },
    (i) => `#/vouchers/${i}`,
  )
  await addDuplicateWarnings(seen, books, around, '#/vouchers')
  const placed = seen.flatMap((s, i) => (s.kind === 'ready' ? [{ prepared: s.prepared, at: `#/vouchers/${i}` }] : []))
  // What takes the place of a voucher is no double of it, which is reversed first.
  const asked = around.correcting ? [] : placed.map(({ prepared }) => ({ ...prepared, ledgerVersion: null }))
  for (const [place, issue] of await readDoubles(around.db, asked, around.now, (i) => placed[i]!.at))
    tellDouble(placed[place]!.prepared.issues, issue)
  const ready = seen.flatMap((s) => (s.kind === 'ready' ? [triedOf(s)] : []))
  const anyRefused = seen.some((s) => s.kind === 'refused' || s.kind === 'reused')
  const mayPost = ready.length > 0 && !(anyRefused && job.mode === 'all-or-nothing')
  const dryRunToken = mayPost
    ? await tokenOf(books.company.id, ready, books, Date.parse(around.now), around.signingKey)
    : null
  const balances = await readBalancesAfter(
    around.db,
    [...before.map((voucher) => ({ voucher, entries: voucher.entries })), ...ready],
    books,
  )
  const tried = seen.map((s, i): TriedAnswer => triedAnswer(s, job.drafts[i], balances))
  return { toPost: [], refuses: false, answer: (ledgerVersion) => ({ ok: true, ledgerVersion, tried, dryRunToken }) }
}

function triedAnswer(s: Seen, draft: unknown, balances: Map<string, TriedAnswer['balancesAfter']>): TriedAnswer {
  if (s.kind === 'ready') {
    const { id, entries, contentHash, issues } = s.prepared
    const openItemsAfter = s.matches
      .flatMap((m) => m.lines)
      .flatMap(({ item, rest }) => (typeof item === 'string' ? [{ openItem: item, rest }] : []))
    const balancesAfter = balances.get(id) ?? []
    return {
      id,
      status: 'ready',
      contentHash,
      entries: [...entries],
      balancesAfter,
      openItemsAfter,
      schedules: triedSchedules(s.judgement),
      issues,
    }
  }
  if (s.kind === 'replay')
    return {
      id: s.posted.id,
      status: 'posted',
      contentHash: s.posted.contentHash,
      entries: [],
      balancesAfter: [],
      openItemsAfter: [],
      schedules: [],
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
    openItemsAfter: [],
    schedules: s.kind === 'refused' ? triedSchedules(s.judgement) : [],
    issues: issuesOf(s),
  }
}

const triedSchedules = ({ plans }: Judgement): TriedSchedule[] =>
  plans.map((plan) => ({
    ...plan,
    months: plan.months.map(({ month, amount, draft, entries, waits }) => ({
      month,
      voucherDate: draft.voucherDate,
      amount,
      status: waits ? ('waiting' as const) : ('ready' as const),
      entries,
    })),
  }))
