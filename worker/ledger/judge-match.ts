import { error, type Issue, isError } from '#worker/core/problem.ts'
import { type Books, partyKey } from './books.ts'
import { checkPart, type ItemMatch, matchDateOf, withSettled } from './item-match.ts'
import { readMatches } from './item-store.ts'
import type { MatchAnswer, MatchJob, RefusedAnswer, WantedMatch } from './job.ts'
import { look } from './judge-drafts.ts'
import {
  answerOf,
  type Judged,
  type Prepared,
  type PreparedMatch,
  problem,
  refused,
  type Surroundings,
} from './judged.ts'
import { type Allocation, allocationOf } from './match-allocation.ts'
import { answerOfStored } from './match-answer.ts'
import {
  accountOfDifference,
  checkDifference,
  differenceDraft,
  differenceIn,
  differenceVoucherOf,
} from './match-difference.ts'
import type { OpenItem } from './open-item.ts'
import { readParties, readVouchersById, type StoredVoucher } from './store.ts'

type Ready = {
  kind: 'ready'
  match: PreparedMatch
  difference: { amount: number; account: string; voucher: Prepared } | null
  issues: Issue[]
}
type Outcome = Ready | { kind: 'replay'; match: ItemMatch } | { kind: 'refused'; id: string; issues: Issue[] }

/**
 * Matches open items, each match by what the ones before it leave. A difference becomes a voucher in the same batch, or the
 * match is refused. The same match again is the first answer.
 */
export async function judgeMatch(job: MatchJob, books: Books, around: Surroundings): Promise<Judged> {
  const known = await readMatches(
    around.db,
    job.matches.map((m) => m.id),
  )
  const outcomes: Outcome[] = []
  const ids = new Set<string>()
  let openItems = books.openItems ?? new Map<string, OpenItem>()
  for (const [i, wanted] of job.matches.entries()) {
    const at = job.single ? '#' : `#/matches/${i}`
    const before = known.get(wanted.id)
    const reused = ids.has(wanted.id) || (before && !isSame(before, wanted))
    ids.add(wanted.id)
    if (reused) outcomes.push({ kind: 'refused', id: wanted.id, issues: [error('match/id-reused', `${at}/id`, {})] })
    else if (before) outcomes.push({ kind: 'replay', match: before })
    else {
      const outcome = await prepare(wanted, { ...books, openItems }, job, around, at)
      outcomes.push(outcome)
      if (outcome.kind === 'ready') openItems = withSettled(openItems, partsOf(outcome.match))
    }
  }
  const issues = outcomes.flatMap((o) => (o.kind === 'refused' ? o.issues : []))
  if (issues.length > 0 && job.mode === 'all-or-nothing') return refused(invalid(issues))
  const ready = job.dryRun ? [] : outcomes.filter((o) => o.kind === 'ready')
  const before = outcomes.flatMap((o) => (o.kind === 'replay' ? [o.match] : []))
  return {
    toPost: ready.flatMap((o) => (o.difference ? [o.difference.voucher] : [])),
    repeats: job.dryRun ? [] : await readDifferences(before, around),
    toMatch: ready.map((o) => o.match),
    openItems,
    refuses: issues.length > 0,
    answer: (ledgerVersion) => ({ ok: true, ledgerVersion, matches: outcomes.map((o) => answerTo(o, openItems)) }),
  }
}

/** What matches that stand have booked, in order. */
async function readDifferences(matches: readonly ItemMatch[], { db }: Surroundings): Promise<StoredVoucher[]> {
  if (matches.length === 0) return []
  const stored = await readVouchersById(
    db,
    matches.map(({ id }) => differenceVoucherOf(id)),
  )
  const named = new Map(stored.map((voucher) => [voucher.id, voucher]))
  return matches
    .flatMap((match) => differenceIn(match, named.get(differenceVoucherOf(match.id))) ?? [])
    .sort((a, b) => a.ledgerVersion - b.ledgerVersion)
}

/** 423 when a lock is the only obstacle, else 422. */
function invalid(issues: readonly Issue[]) {
  const lockOnly = issues.filter(isError).every((issue) => issue.code === 'period/locked')
  return lockOnly ? problem(423, 'period/locked', issues) : problem(422, 'match/invalid', issues)
}

async function prepare(
  wanted: WantedMatch,
  books: Books,
  job: MatchJob,
  around: Surroundings,
  at: string,
): Promise<Outcome> {
  const refuse = (issues: Issue[]): Outcome => ({ kind: 'refused', id: wanted.id, issues })
  const { issues, items } = judgeItems(wanted, books.openItems!, at)
  const first = items[0]?.item
  if (issues.length > 0 || !first) return refuse(issues)
  const how = { oldestFirst: wanted.oldestFirst, keepDifference: wanted.difference !== null }
  const allocation = allocationOf(items, how)
  const { parts, difference } = allocation
  if (difference !== 0 && !wanted.difference)
    return refuse([
      error('match/unbalanced', `${at}/items`, {
        difference: Math.abs(difference),
        ...(allocation.inCurrency && {
          reason: 'currency',
          account: accountOfDifference(allocation, books)?.number ?? null,
        }),
      }),
    ])
  const days = parts.map(({ item }) => item.matchableFrom)
  const lines: PreparedMatch['lines'][number][] = parts.map(({ item, amount, currencyAmount }) => ({
    item: item.id,
    amount,
    currencyAmount,
    rest: item.rest - amount,
  }))
  let booked: Ready['difference'] = null
  const warnings: Issue[] = []
  if (difference !== 0) {
    const done = await bookDifference(wanted, allocation, first, books, job, around, at)
    if ('issues' in done) return refuse(done.issues)
    const { voucher } = done
    booked = { amount: difference, account: voucher.entries[1]!.account, voucher }
    lines.push({ item: { voucher, line: 1 }, amount: -difference, currencyAmount: null, rest: 0 })
    days.push(voucher.voucherDate)
    warnings.push(...voucher.issues)
  }
  const { kind, party, account } = first
  const { id, rule, reason } = wanted
  const match = { id, kind, party, account, matchDate: matchDateOf(days), rule, reason, by: job.by, lines }
  return { kind: 'ready', match, difference: booked, issues: warnings }
}

/** The items of a match, all of one party and account, each named once and with enough left of it. */
function judgeItems(wanted: WantedMatch, openItems: ReadonlyMap<string, OpenItem>, at: string) {
  const seen = new Set<string>()
  const found = wanted.items.map(({ openItem }) => openItems.get(openItem))
  const first = found.find((item) => item !== undefined)
  const owner = first && { account: first.account, partyKind: first.kind, party: first.party }
  const issues = wanted.items.flatMap(({ openItem, amount }, n) => {
    const pointer = `${at}/items/${n}`
    if (seen.has(openItem)) return [error('field/invalid', pointer, { reason: 'item-twice' })]
    seen.add(openItem)
    return checkPart(found[n], amount ?? found[n]?.rest ?? 0, pointer, owner)
  })
  const items = wanted.items.flatMap(({ amount }, n) => (found[n] ? [{ item: found[n], amount }] : []))
  return { issues, items }
}

/** The voucher that books what the items do not settle between them, judged like any other. */
async function bookDifference(
  wanted: WantedMatch,
  allocation: Allocation,
  owner: OpenItem,
  books: Books,
  job: MatchJob,
  around: Surroundings,
  at: string,
): Promise<{ voucher: Prepared } | { issues: Issue[] }> {
  const asked = wanted.difference!
  const pointer = `${at}/difference`
  const issues = checkDifference(allocation, books, pointer)
  const account = asked.account === null ? accountOfDifference(allocation, books) : books.accounts.get(asked.account)
  if (!account) issues.push(error('account/unknown', `${pointer}/account`, { account: asked.account ?? '' }))
  if (!account || issues.length > 0) return { issues }
  if (!books.parties.has(partyKey(owner.kind, owner.party)))
    for (const party of await readParties(around.db, [owner.party]))
      books.parties.set(partyKey(party.kind, party.number), party)
  const voucherDate = asked.voucherDate ?? matchDateOf(allocation.parts.map(({ item }) => item.voucherDate))
  const draft = differenceDraft(
    differenceVoucherOf(wanted.id),
    owner,
    allocation.difference,
    account,
    { voucherDate, text: asked.text, reason: wanted.reason },
    books,
  )
  const seen = await look(draft, books, job, around, pointer)
  if (seen.kind === 'ready') return { voucher: seen.prepared }
  if (seen.kind === 'refused') return { issues: seen.judgement.issues.filter(isError) }
  return { issues: [error('match/id-reused', `${at}/id`, {})] }
}

/** Whether a match that stands is the one that is asked for again. */
function isSame(before: ItemMatch, { items, reason, difference, oldestFirst }: WantedMatch): boolean {
  const stored = new Map(before.lines.map((l) => [l.openItem, l.amount]))
  const named = new Set(items.map((i) => i.openItem))
  const others = before.lines.filter((l) => !named.has(l.openItem)).length
  return (
    before.reason === reason &&
    others <= (difference ? 1 : 0) &&
    items.every(({ openItem, amount }) =>
      stored.has(openItem) ? amount === null || stored.get(openItem) === amount : oldestFirst,
    )
  )
}

/** Parts of the items that stood before the match. */
const partsOf = (match: PreparedMatch) =>
  match.lines.flatMap(({ item, amount, currencyAmount }) =>
    typeof item === 'string' ? [{ openItem: item, amount, currencyAmount }] : [],
  )

function answerTo(outcome: Outcome, openItems: ReadonlyMap<string, OpenItem>): MatchAnswer | RefusedAnswer {
  if (outcome.kind === 'refused') return { id: outcome.id, status: 'refused', issues: outcome.issues }
  if (outcome.kind === 'replay') return answerOfStored(outcome.match, openItems, true)
  const { match, difference, issues } = outcome
  const { row, lines, ...rest } = match
  return {
    ...rest,
    status: row ? 'matched' : 'ready',
    recordedAt: row?.recordedAt ?? null,
    ledgerVersion: row?.ledgerVersion ?? null,
    undone: null,
    lines:
      row?.lines ??
      lines.flatMap(({ item, ...line }) => (typeof item === 'string' ? [{ openItem: item, ...line }] : [])),
    difference: difference && {
      amount: difference.amount,
      account: difference.account,
      voucher: difference.voucher.row ? answerOf(difference.voucher) : null,
    },
    replayed: false,
    issues,
  }
}
