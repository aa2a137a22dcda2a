import { sha256 } from '#worker/core/hash.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { type Books, fiscalYearOf } from './books.ts'
import { briefEntries, type TriedVoucher } from './dry-run.ts'
import type { Entry } from './entry.ts'
import type { PostedAnswer, PostJob } from './job.ts'
import { prepareLineMatches } from './judge-line-matches.ts'
import type { Prepared, PreparedMatch, Surroundings } from './judged.ts'
import { readDuplicates } from './read-duplicates.ts'
import { type PreparedSchedule, prepareSchedules } from './scheduled-vouchers.ts'
import { readVouchersById } from './store.ts'
import { checkVoucher, type Judgement } from './voucher.ts'
import { contentOf, plainContent, type Voucher, type VoucherDraft, withDefaults } from './voucher-draft.ts'

export type Seen =
  | {
      kind: 'ready'
      judgement: Judgement & { ok: true }
      content: string
      contentHash: string
      prepared: Prepared
      matches: PreparedMatch[]
      schedules: PreparedSchedule[]
    }
  | { kind: 'replay'; posted: PostedAnswer }
  | { kind: 'reused'; posted: PostedAnswer; voucher: Voucher; issues: Issue[] }
  | { kind: 'refused'; id: string | null; judgement: Judgement }

type Asked = Pick<PostJob, 'by' | 'rights'>
type Around = Pick<Surroundings, 'alreadyPosted' | 'db'>

/** Drafts judged in turn: what one settles of an open item is not there for the next. `openItems`: what they leave. */
export async function lookAtAll(
  drafts: readonly unknown[],
  books: Books,
  asked: Asked,
  around: Around,
  placeOf: (i: number) => string,
): Promise<{ seen: Seen[]; openItems: Books['openItems'] }> {
  const seen: Seen[] = []
  let now = books
  for (const [i, draft] of drafts.entries()) {
    const s = await look(draft, now, asked, around, placeOf(i))
    seen.push(s)
    if (s.kind !== 'ready' || !now.openItems) continue
    const { matches, items } = await prepareLineMatches(s.judgement.voucher, s.prepared, now.openItems)
    s.matches = matches
    if (matches.length > 0) now = { ...now, openItems: items }
  }
  markDoubles(seen)
  return { seen, openItems: now.openItems }
}

/** One draft judged, or recognised by its id as posted before. */
export async function look(
  draft: unknown,
  books: Books,
  asked: Asked,
  { alreadyPosted, db }: Around,
  at: string,
): Promise<Seen> {
  const id = (draft as { id?: unknown } | null)?.id
  const judgement = checkVoucher(draft, books, asked.rights, at)
  const content = judgement.voucher && contentOf(judgement.voucher)
  const contentHash = content && (await sha256(content))
  const posted = typeof id === 'string' ? alreadyPosted(id) : undefined
  if (posted && judgement.voucher) {
    if (posted.contentHash === contentHash || (await saysTheSame(posted.id, content!, db)))
      return { kind: 'replay', posted }
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
    matches: [],
    schedules: await prepareSchedules(judgement.voucher.id, judgement.plans, (month, { entries }) =>
      prepareAs(month, entries, books, asked.by),
    ),
  }
}

/** Whether what was posted under an id differs only in defaults that one of the two spells out. */
async function saysTheSame(id: string, content: string, db: Database): Promise<boolean> {
  const [stored] = await readVouchersById(db, [id])
  return typeof stored?.content === 'string' && plainContent(stored.content) === plainContent(content)
}

/** A voucher that was judged with another: the draft and entries of a month of its plan. */
export async function prepareAs(
  draft: VoucherDraft,
  entries: readonly Entry[],
  books: Books,
  by: string,
): Promise<Prepared> {
  const voucher = withDefaults(draft)
  const content = contentOf(voucher)
  return prepare({ voucher, entries: [...entries], issues: [] }, books, by, content, await sha256(content))
}

function prepare(
  judged: Pick<Judgement & { ok: true }, 'voucher' | 'entries' | 'issues'>,
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
    ...(voucher.documents?.length && { documents: voucher.documents }),
    ...(voucher.corrects && { corrects: voucher.corrects }),
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
export async function addDuplicateWarnings(
  seen: readonly Seen[],
  books: Books,
  { db, correcting }: Pick<Surroundings, 'db' | 'correcting'>,
  batchAt: string | undefined,
) {
  const asked = seen.flatMap((s, i) =>
    s.kind === 'ready' ? [{ voucher: s.judgement.voucher, at: batchAt ? `${batchAt}/${i}` : '#' }] : [],
  )
  const warnings = await readDuplicates(db, asked, books, correcting)
  for (const s of seen) if (s.kind === 'ready') s.prepared.issues.push(...(warnings.get(s.prepared.id) ?? []))
}

export const issuesOf = (s: Seen): Issue[] => {
  if (s.kind === 'replay') return []
  return s.kind === 'reused' ? s.issues : s.judgement.issues
}

export const triedOf = (s: Seen & { kind: 'ready' }): TriedVoucher => ({
  voucher: s.judgement.voucher,
  entries: s.prepared.entries,
  contentHash: s.contentHash,
  planned: s.schedules.flatMap(({ schedule, vouchers }) => [
    ...vouchers.map(({ id, voucherDate, entries }) => [id, voucherDate, briefEntries(entries)] as const),
    ...schedule.months.filter((m) => m.draft).map((m) => [m.month, m.voucherDate, m.amount] as const),
  ]),
})
