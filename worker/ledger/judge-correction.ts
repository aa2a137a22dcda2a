import { error, type Issue } from '#worker/core/problem.ts'
import type { Books } from './books.ts'
import { readOpenItems } from './item-store.ts'
import type { CorrectionJob, TryJob } from './job.ts'
import { judgePost } from './judge-post.ts'
import { judgeReversal } from './judge-reversal.ts'
import { judgeTry } from './judge-try.ts'
import {
  invalid,
  isRefused,
  type Judged,
  type PreparedUndo,
  placed,
  problem,
  refused,
  type Surroundings,
  vouchersOf,
} from './judged.ts'
import { afterMatch, type OpenItem } from './open-item.ts'

/**
 * A correction is a reversal and a new voucher, both or neither. The new one says which voucher it puts right, in its own
 * content, so that the chain holds the link; what the reversal frees it may settle. Source: features.md COR-01, LED-16.
 */
export async function judgeCorrection(job: CorrectionJob, books: Books, around: Surroundings): Promise<Judged> {
  const { by, rights, of, dryRunToken } = job
  if ((job.draft as { id?: unknown } | null)?.id === job.reversal.id)
    return refused(invalid([error('voucher/id-reused', '#/voucher/id', { voucher: job.reversal.id })]))
  const reversal = await judgeReversal({ do: 'reverse', of, ...job.reversal, by, rights }, books, around)
  if (isRefused(reversal)) return placed(reversal, '#/reversal')
  const freed = await freedBy(reversal, books, around)
  const asked = { do: 'post', mode: 'all-or-nothing', single: true, by, rights } as const
  const post = await judgePost(
    { ...asked, drafts: [correcting(job.draft, of)], ...(dryRunToken !== undefined && { dryRunToken }) },
    reversed(books, of, freed.items),
    { ...around, correcting: of },
  )
  if (isRefused(post)) return placed(post, '#/voucher')
  if (reversal.toPost.length === 0 && post.toPost.length > 0) {
    const before = cameBefore(job.reversal.id)
    return refused({ ...problem(422, before.code, [before]), params: before.params ?? {} })
  }
  const left = post.openItems ?? freed.items
  post.toPost[0]?.issues.push(...openedAgain(freed, '#', (id) => left.get(id)?.rest))
  const toUndo = [...(reversal.toUndo ?? []), ...(post.toUndo ?? [])]
  const toMatch = [...(reversal.toMatch ?? []), ...(post.toMatch ?? [])]
  return {
    toPost: [...reversal.toPost, ...post.toPost],
    ...(toUndo.length > 0 && { toUndo }),
    ...(toMatch.length > 0 && { toMatch }),
    ...(post.openItems && { openItems: post.openItems }),
    scheduling: { ...reversal.scheduling, ...post.scheduling },
    refuses: reversal.refuses,
    answer: (v) => ({ ok: true, ledgerVersion: v, vouchers: [reversal, post].flatMap((j) => vouchersOf(j.answer(v))) }),
  }
}

/** The same without posting: the voucher as it would become, and what of the reversal stands in its way. */
export async function tryCorrection(
  { correcting: wanted, ...job }: TryJob & { correcting: NonNullable<TryJob['correcting']> },
  books: Books,
  around: Surroundings,
): Promise<Judged> {
  const { by, rights } = job
  const { of } = wanted
  const reversal = await judgeReversal({ do: 'reverse', ...wanted, by, rights }, books, around)
  const stopped = isRefused(reversal) ? placed(reversal, '#/reversal').answer(0) : undefined
  const isReplay = !stopped && reversal.toPost.length === 0
  const stands = isReplay ? [cameBefore(wanted.id)] : stopped && !stopped.ok ? stopped.problem.issues : []
  if (stopped && stands.length === 0) return reversal
  const freed = await freedBy(reversal, books, around)
  const drafts = job.drafts.map((draft) => correcting(draft, of))
  const after = { ...around, correcting: of }
  const tried = await judgeTry({ ...job, drafts }, reversed(books, of, freed.items), after, reversal.toPost)
  return {
    ...tried,
    answer(ledgerVersion) {
      const answer = tried.answer(ledgerVersion)
      if (!answer.ok || !('tried' in answer)) return answer
      return {
        ...answer,
        ...((stopped || isReplay) && { dryRunToken: null }),
        tried: answer.tried.map((one, i) => {
          const rests = new Map(one.openItemsAfter.map(({ openItem, rest }) => [openItem, rest]))
          const opened = openedAgain(freed, `#/vouchers/${i}`, (id) => rests.get(id) ?? freed.items.get(id)?.rest)
          const status = (stopped || isReplay) && one.status === 'ready' ? 'refused' : one.status
          if (status === 'posted') return isReplay ? one : { ...one, issues: [...stands, ...one.issues] }
          return { ...one, status, issues: [...stands, ...one.issues, ...opened] }
        }),
      }
    },
  }
}

/** A reversal that came before came with its own voucher: another is not a second one in its place. */
const cameBefore = (by: string): Issue => error('voucher/already-reversed', '#/reversal', { by })

const correcting = (draft: unknown, of: string): unknown =>
  typeof draft === 'object' && draft !== null ? { ...draft, corrects: of } : draft

/** The items of others that a reversal frees: as they stand, and as they stand then. */
type Freed = { before: ReadonlyMap<string, OpenItem>; items: ReadonlyMap<string, OpenItem> }

async function freedBy({ toUndo = [], toMatch = [] }: Judged, books: Books, { db }: Surroundings): Promise<Freed> {
  const own = new Set(toMatch.flatMap(({ lines }) => lines.map(({ item }) => item)))
  const named = toUndo.flatMap(({ match }) => match.lines.map((line) => line.openItem)).filter((id) => !own.has(id))
  const before = named.length > 0 ? await readOpenItems(db, named) : new Map<string, OpenItem>()
  for (const id of before.keys()) before.set(id, books.openItems?.get(id) ?? before.get(id)!)
  const items = new Map(before)
  for (const undo of toUndo) for (const line of undo.match.lines) free(items, undo, line)
  return { before, items }
}

function free(
  items: Map<string, OpenItem>,
  { match, date }: PreparedUndo,
  line: PreparedUndo['match']['lines'][number],
) {
  const item = items.get(line.openItem)
  if (!item) return
  const { amount, currencyAmount } = line
  const freed = afterMatch(item, -amount, currencyAmount === null ? null : -currencyAmount)
  const isLater = date > match.matchDate && date > item.matchableFrom
  items.set(item.id, { ...freed, matchableFrom: isLater ? date : item.matchableFrom })
}

/** The facts as they are when a voucher is reversed: it may be put right, and what it settled is open. */
const reversed = (books: Books, of: string, freed: Freed['items']): Books => ({
  ...books,
  correctable: new Map([[of, true]]),
  ...(books.openItems && { openItems: new Map([...books.openItems, ...freed]) }),
})

/** What was settled and is open again afterwards: told, and never a hindrance. The voucher's own items go with it. */
function openedAgain({ before, items }: Freed, at: string, restOf: (id: string) => number | undefined): Issue[] {
  return [...items.values()].flatMap((item): Issue[] => {
    const opened = (restOf(item.id) ?? item.rest) - before.get(item.id)!.rest
    if (opened === 0) return []
    const { party, kind, invoiceNumber, voucherDate } = item
    const params = { kind, party, item: invoiceNumber ?? voucherDate, amount: Math.abs(opened) }
    return [{ code: 'match/opened-again', severity: 'warning', pointer: `${at}/lines`, params }]
  })
}
