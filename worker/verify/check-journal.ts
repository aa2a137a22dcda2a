import type { Database } from '#worker/database/connect.ts'
import type { Acknowledged, JournalPlace, Sent, ToldMatch } from '#worker/ledger/journal-store.ts'
import { type Check, Finding } from './check.ts'
import { readHashesAt, readMatchesMissing, readSentIn } from './store.ts'

/** The writer's journal: its rows after one, none when there are no more, the vouchers of those that stand for several, and matches by id. */
export type Journal = {
  acknowledged(after: JournalPlace): Promise<Acknowledged[]>
  acknowledgedIn(places: readonly JournalPlace[]): Promise<Sent[][]>
  acknowledgedMatches(after: string): Promise<ToldMatch[]>
}

/** `missing`: those of its vouchers that are in the ledger nowhere, as far as they are known by name. */
type Lost = Acknowledged & { found: string | null; missing: string[] }

/** Ids that an offender names, of vouchers and of matches: nobody answers for a match that is not named, and thousands are made at once. */
const [NAMED, MATCHES_NAMED] = [20, 500]

/**
 * Each acknowledged post is in the ledger, at its place and with its hash, or was sent again after it was lost (12). The journal is read
 * first: what stands in it was committed before. The other way is no fault: a commit whose answer was lost stands in the ledger alone.
 */
export async function checkJournal(db: Database, journal: Journal): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(12, 'acknowledged-posts-in-journal')
  const { rows, lost } = await readLost(db, journal)
  finding.read(rows)
  for (const { id, ledgerVersion, first, hash, found, missing } of lost) {
    const named = missing.length > 0 && first < ledgerVersion
    const which = named && { gone: missing.length, missing: missing.slice(0, NAMED).join(' ') }
    finding.offends({ voucher: id, first, ledgerVersion, kept: hash, found, ...which })
  }
  const matches = await readLostMatches(db, journal)
  finding.read(matches.rows)
  for (const undone of [false, true]) {
    const ids = matches.lost.filter((match) => match.undone === undone).map(({ id }) => id)
    for (let at = 0; at < ids.length; at += MATCHES_NAMED) {
      const named = ids.slice(at, at + MATCHES_NAMED)
      const told = { lost: undone ? 'undoing' : 'match', gone: named.length, matches: named.join(' ') }
      finding.offends(told, named.length)
    }
  }
  return finding.check(performance.now() - began)
}

/** Rows whose vouchers are asked for at a time. */
const TOGETHER = 100

/**
 * How many rows the journal has, and those that the ledger has neither as they were nor sent again. The file alone does not say
 * what was sent again: a voucher stands elsewhere with the same content, at a place that a job covers which the journal knows and the
 * chain agrees with. So must each voucher of a job; of an import the last one, and as many places before it as the job had, of one job.
 */
export async function readLost(db: Database, journal: Journal): Promise<{ rows: number; lost: Lost[] }> {
  const held: Acknowledged[] = []
  const gone: (Acknowledged & { found: string | null })[] = []
  let rows = 0
  const start = { ledgerVersion: 0, hash: '' }
  for (let page = await journal.acknowledged(start); page.length > 0; page = await journal.acknowledged(page.at(-1)!)) {
    rows += page.length
    const found = await readHashesAt(
      db,
      page.map(({ ledgerVersion }) => ledgerVersion),
    )
    for (const row of page) {
      const hash = found.get(row.ledgerVersion)
      if (hash === row.hash) held.push(row)
      else gone.push({ ...row, found: hash ?? null })
    }
  }
  const lost: Lost[] = []
  for (let at = 0; at < gone.length; at += TOGETHER) {
    const page = gone.slice(at, at + TOGETHER)
    const named = await journal.acknowledgedIn(page.map(({ ledgerVersion, hash }) => ({ ledgerVersion, hash })))
    const sent = await readSentIn(db, [...page, ...named.flat()])
    page.forEach((row, i) => {
      const vouchers: Sent[] = named[i]!.length > 0 ? named[i]! : [row]
      const before = named[i]!.length > 0 ? 0 : row.ledgerVersion - row.first
      const missing = vouchers.filter((voucher) => {
        const again = sent.get(voucher.id)
        const now = again?.contentHash === voucher.contentHash ? again.ledgerVersion : undefined
        return now === undefined || !held.some((job) => job.first <= now - before && now <= job.ledgerVersion)
      })
      if (missing.length > 0) lost.push({ ...row, missing: named[i]!.length > 0 ? missing.map(({ id }) => id) : [] })
    })
  }
  return { rows, lost }
}

/** How many matches the journal has, and those that the books do not have, or as though they had never been undone. */
export async function readLostMatches(db: Database, journal: Journal): Promise<{ rows: number; lost: ToldMatch[] }> {
  const lost: ToldMatch[] = []
  let rows = 0
  for (let page = await journal.acknowledgedMatches(''); page.length > 0; ) {
    rows += page.length
    const missing = await readMatchesMissing(db, page)
    lost.push(...page.filter(({ id }) => missing.has(id)))
    page = await journal.acknowledgedMatches(page.at(-1)!.id)
  }
  return { rows, lost }
}
