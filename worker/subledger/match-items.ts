import type { Locale } from '#i18n/format.ts'
import { differenceText } from '#i18n/match-text.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { MatchAnswer, RefusedAnswer, WantedMatch } from '#worker/ledger/job.ts'
import type { Part } from '#worker/ledger/match-allocation.ts'
import { type LeftOver, type Proposal, proposalsOf } from '#worker/ledger/match-proposal.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import type { AutomaticMatching, WantedMatchBody } from './item-query.ts'
import { readOpenByParty } from './party-items-store.ts'

/** Through whom, and in whose name, the matching is done. */
export type Matcher = {
  env: Bindings
  access: Pick<CompanyAccess, 'id' | 'database'>
  by: string
  /** Told to those who have a page open. */
  name: string
  rights: Rights
  locale: Locale
}

/**
 * Matches open items that a person chose, and books what they differ by where that is asked for: match and voucher in one
 * batch, or neither.
 * @throws Problem 422 match/invalid, one issue for each wrong item; 423 period/locked for the difference.
 */
export async function matchItems(
  { env, access, by, name, rights, locale }: Matcher,
  { id, items, reason, oldestFirst = false, difference, dryRun = false }: WantedMatchBody,
): Promise<MatchAnswer> {
  const wanted: WantedMatch = {
    id,
    rule: 'manual',
    reason: reason ?? null,
    items: items.map(({ openItem, amount }) => ({ openItem, amount: amount ?? null })),
    oldestFirst,
    difference: difference
      ? {
          account: difference.account ?? null,
          voucherDate: difference.voucherDate ?? null,
          text: difference.text ?? differenceText(locale),
        }
      : null,
  }
  const job = {
    do: 'match',
    matches: [wanted],
    mode: 'all-or-nothing',
    single: true,
    dryRun,
    by,
    name,
    rights,
  } as const
  const done = await runJob(env, access, job)
  return ('matches' in done ? done.matches[0] : undefined) as MatchAnswer
}

/** Matches made in one batch, and open items looked at in one call; larger sub-ledgers go on with the cursor. */
const [BATCH, MOST_ITEMS] = [500, 20_000]

export type Automatic = {
  ledgerVersion: number
  matches: (MatchAnswer | RefusedAnswer)[]
  left: LeftOver[]
  cursor: string | null
}

/**
 * Matches what follows from the items themselves (`proposalsOf`), party by party. Each match stands for itself: one whose
 * items somebody else settled meanwhile is told as refused, and the others are made. A dry run makes none.
 */
export async function matchAutomatically(
  { env, access, by, name, rights }: Matcher,
  db: Database,
  { kind, party, oldestFirst = false, dryRun = false, cursor }: AutomaticMatching,
): Promise<Automatic> {
  const open = await readOpenByParty(db, { kind, party }, cursor, MOST_ITEMS)
  const { proposals, left } = proposalsOf(open.items, { oldestFirst })
  const matches: Automatic['matches'] = []
  let { ledgerVersion } = open
  for (let at = 0; at < proposals.length; at += BATCH) {
    const some = proposals.slice(at, at + BATCH).map(wantedOf)
    const job = {
      do: 'match',
      matches: some,
      mode: 'per-voucher',
      single: false,
      dryRun,
      by,
      name,
      rights,
    } as const
    const done = await runJob(env, access, job)
    if ('matches' in done) matches.push(...done.matches)
    ledgerVersion = done.ledgerVersion
  }
  return { ledgerVersion, matches, left, cursor: open.cursor }
}

export const newMatchId = (): string => idOf('mch', crypto.getRandomValues(new Uint8Array(17)))

const wantedOf = ({ rule, reason, parts }: Proposal): WantedMatch => ({
  id: newMatchId(),
  rule,
  reason,
  items: parts.map(({ item, amount }: Part) => ({ openItem: item.id, amount })),
  oldestFirst: false,
  difference: null,
})

/** Undoes a match; where it booked a difference, that voucher is reversed. @throws Problem 404 match/unknown. */
export async function undoMatch(
  { env, access, by, name, rights }: Matcher,
  match: string,
  { reason, voucherDate }: { reason?: string | undefined; voucherDate?: IsoDate | undefined },
): Promise<MatchAnswer> {
  const job = {
    do: 'unmatch',
    match,
    reason: reason ?? null,
    voucherDate: voucherDate ?? null,
    by,
    name,
    rights,
  } as const
  const done = await runJob(env, access, job)
  return ('matches' in done ? done.matches[0] : undefined) as MatchAnswer
}
