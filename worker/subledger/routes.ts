import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { leftText, matchText } from '#i18n/match-text.ts'
import { withText } from '#i18n/problem-text.ts'
import { rightsOf } from '#worker/access/permission.ts'
import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { accept, acceptQuery, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { writeList } from '#worker/http/write-list.ts'
import type { MatchAnswer, RefusedAnswer } from '#worker/ledger/job.ts'
import {
  AgeingQuery,
  AutomaticMatching,
  LeftQuery,
  OpenItemQuery,
  StatementQuery,
  UndoneMatchBody,
  WantedMatchBody,
} from './item-query.ts'
import { LeftDecisions } from './left-items.ts'
import { listLeftItems } from './list-left-items.ts'
import { countMatches, listMatches, MatchQuery } from './list-matches.ts'
import { listOpenItems } from './list-open-items.ts'
import { type Matcher, matchAutomatically, matchItems, undoMatch } from './match-items.ts'
import { matchLeftItems } from './match-left-items.ts'
import { readAgeing } from './read-ageing.ts'
import { readMatch, readOpenItem } from './read-match.ts'
import { readStatement } from './read-statement.ts'
import {
  AgeingAnswer,
  AutomaticAnswer,
  DecidedAnswer,
  LeftAnswer,
  Match,
  OpenItem,
  OpenItemAnswer,
  OpenItemPage,
  StatementAnswer,
} from './subledger-answer.ts'

const today = (): IsoDate => dayInOslo(new Date().toISOString() as Instant)
const STATE =
  '`asAtDate` is a day of the books; `asKnownAt` (an instant, or a day that means its end in Norway) or `atVersion` shows what was known then, matches included.'

const matcherOf = (c: Context<Env>): Matcher => ({
  env: c.env,
  access: c.var.access,
  by: c.var.principal.id,
  name: c.var.principal.name,
  rights: rightsOf(c.var.access),
  locale: c.var.locale,
})

const MATCHING_PROBLEMS = [
  'match/invalid',
  'match/over',
  'match/wrong-party',
  'match/unbalanced',
  'match/difference-over-limit',
  'match/id-reused',
  'open-item/unknown',
  'period/locked',
  'voucher/contended',
  'service/busy',
] as const

/** Open items, matches and statements of customers and suppliers. Mounted at /companies/:company. */
export const subledger = new Hono<Env>()
  .get(
    '/open-items',
    operation({
      summary: 'Open items, in order of recording',
      description: `${STATE} Without a day: what is open now. \`overdue=true\` leaves the claims that are past due on the day.`,
      access: 'subledger:read',
      list: true,
      query: OpenItemQuery,
      answer: { status: 200, schema: OpenItemPage, description: 'A page, the sum of all pages, and the next cursor' },
      problems: ['ledger-version/unknown'],
    }),
    async (c) => {
      const { language: _, ...query } = acceptQuery(c, OpenItemQuery)
      const read = (cursor = query.cursor) => listOpenItems(c.var.db, { ...query, cursor }, today())
      return writeList(c, { name: 'items', row: OpenItem, read, count: async () => (await read()).totals.count })
    },
  )
  .get(
    '/open-items/ageing',
    operation({
      summary: 'Open items by party and days past due',
      description: `${STATE} The day is today unless told. \`buckets=30,60,90\` are the columns’ last days past due.`,
      access: 'subledger:read',
      query: AgeingQuery,
      answer: { status: 200, schema: AgeingAnswer, description: 'With the check that it sums to the control accounts' },
      problems: ['ledger-version/unknown'],
    }),
    async (c) => {
      const { language: _, ...query } = acceptQuery(c, AgeingQuery)
      return c.json(await readAgeing(c.var.db, query, today()))
    },
  )
  .get(
    '/open-items/left',
    operation({
      summary: 'Payments and credit notes that nothing settles',
      description:
        'What the rules of matching leave to a person, by party, with the claims each could settle. Those decided to stay open are told by `kept`. Go on with `cursor` while there is one.',
      access: 'subledger:read',
      query: LeftQuery,
      answer: { status: 200, schema: LeftAnswer, description: 'All in one list' },
    }),
    async (c) => {
      const { language: _, ...query } = acceptQuery(c, LeftQuery)
      const { groups, ...rest } = await listLeftItems(c.var.db, query)
      const withWhy = groups.map(({ left, claims }) => ({
        left: left.map((item) => ({ ...item, because: leftText(item.why, c.var.locale) })),
        claims,
      }))
      return c.json({ groups: withWhy, ...rest })
    },
  )
  .post(
    '/open-items/left',
    operation({
      summary: 'Decide payments and credit notes that nothing settles',
      description:
        '`match` with the items named in `with`, the `oldest` first, the `opening` balance, `keep` open, or `ask` again. Each stands for itself, by what those before it leave; one that cannot be is told in `refused`.',
      access: 'subledger:match',
      body: LeftDecisions,
      answer: { status: 200, schema: DecidedAnswer, description: 'What was done' },
      problems: ['match/nothing-to-settle', 'voucher/contended', 'service/busy'],
    }),
    async (c) => {
      const { decisions } = await accept(c, LeftDecisions)
      const { refused, ...done } = await matchLeftItems(matcherOf(c), c.var.db, decisions)
      const told = refused.map((one) => ({ ...one, issues: one.issues.map((issue) => withText(issue, c.var.locale)) }))
      return c.json({ ...done, refused: told })
    },
  )
  .get(
    '/open-items/:openItem',
    operation({
      summary: 'An open item and its matches',
      description: 'Settled or not, with the matches that were undone.',
      access: 'subledger:read',
      answer: { status: 200, schema: OpenItemAnswer, description: 'As it stands now' },
      problems: ['open-item/unknown'],
    }),
    async (c) => {
      const { matches, ...item } = await readOpenItem(c.var.db, pathText(c, 'openItem'), today())
      return c.json({ ...item, matches: matches.map((m) => told(m, c)) })
    },
  )
  .post(
    '/matches',
    operation({
      summary: 'Match open items',
      description:
        'Whole, in part, several to several. The client makes the id, and it is the idempotency key. With `difference`, what is left over is booked with it: both or neither.',
      access: 'subledger:match',
      body: WantedMatchBody,
      answer: { status: 201, schema: Match, description: 'Matched; 200 when it was before, or in a dry run' },
      problems: MATCHING_PROBLEMS,
    }),
    async (c) => {
      const match = await matchItems(matcherOf(c), await accept(c, WantedMatchBody))
      return c.json(told(match, c), match.status === 'matched' && !match.replayed ? 201 : 200)
    },
  )
  .post(
    '/matches/automatic',
    operation({
      summary: 'Match what agrees',
      description:
        'By payment reference, invoice number, an amount that is alone on each side, and what sums to zero; the oldest first only with `oldestFirst`. Ties are left. Each match says why. Go on with `cursor` while there is one.',
      access: 'subledger:match',
      body: AutomaticMatching,
      answer: { status: 200, schema: AutomaticAnswer, description: 'What was matched, or would be in a dry run' },
      problems: ['voucher/contended', 'service/busy'],
    }),
    async (c) => {
      const done = await matchAutomatically(matcherOf(c), c.var.db, await accept(c, AutomaticMatching))
      return c.json({
        ...done,
        matches: done.matches.map((m) => told(m, c)),
        left: done.left.map(({ item: { id, kind, party, rest }, why }) => ({
          openItem: id,
          kind,
          party,
          rest,
          why,
          because: leftText(why, c.var.locale),
        })),
      })
    },
  )
  .get(
    '/matches',
    operation({
      summary: 'Matches, in order of recording',
      description: 'Those that were undone among them, with when and by whom; `undone=false` leaves those that count.',
      access: 'subledger:read',
      list: true,
      query: MatchQuery,
      answer: {
        status: 200,
        schema: z.object({ matches: z.array(Match), cursor: z.nullable(z.string()) }),
        description: 'A page, and the cursor of the next',
      },
    }),
    async (c) => {
      const query = acceptQuery(c, MatchQuery)
      return writeList(c, {
        name: 'matches',
        row: Match,
        read: async (cursor) => {
          const page = await listMatches(c.var.db, cursor === undefined ? query : { ...query, cursor })
          return { ...page, matches: page.matches.map((match) => told(match, c)) }
        },
        count: () => countMatches(c.var.db, query),
      })
    },
  )
  .get(
    '/matches/:match',
    operation({
      summary: 'A match',
      access: 'subledger:read',
      answer: { status: 200, schema: Match, description: 'As it stands, with what is left of its items now' },
      problems: ['match/unknown'],
    }),
    async (c) => c.json(told(await readMatch(c.var.db, pathText(c, 'match')), c)),
  )
  .post(
    '/matches/:match/undo',
    operation({
      summary: 'Undo a match',
      description:
        'The items are open again, as if it had never counted. Where it booked a difference, that voucher is reversed, and the match ends on the day of the reversal.',
      access: 'subledger:match',
      body: UndoneMatchBody,
      answer: { status: 200, schema: Match, description: 'Undone; the same again when it was before' },
      problems: ['match/unknown', 'period/locked', 'voucher/contended', 'service/busy'],
    }),
    async (c) => {
      const body = await accept(c, UndoneMatchBody)
      return c.json(told(await undoMatch(matcherOf(c), pathText(c, 'match'), body), c))
    },
  )
  .get(
    '/parties/:kind/:number/statement',
    operation({
      summary: 'Statement of a customer or supplier',
      description:
        'Opening, entries, closing, and what is open and how long past due on the last day. The fiscal year so far unless told. `asKnownAt` or `atVersion` shows what was known then.',
      access: 'subledger:read',
      query: StatementQuery,
      answer: { status: 200, schema: StatementAnswer, description: 'Amounts in øre; entries page by page' },
      problems: ['party/unknown', 'period/reversed', 'ledger-version/unknown'],
    }),
    async (c) => {
      const { language: _, ...query } = acceptQuery(c, StatementQuery)
      const [kind, party] = [pathText(c, 'kind'), pathText(c, 'number')]
      if (kind !== 'customer' && kind !== 'supplier')
        throw new Problem(404, 'party/unknown', { params: { party, kind: 'customer' } })
      return c.json(await readStatement(c.var.db, { ...query, kind, party }, today()))
    },
  )

/** A match with why it was made, and its issues, in the caller's language. */
function told(match: MatchAnswer | RefusedAnswer, c: Context<Env>) {
  const { locale } = c.var
  const issues = match.issues.map((issue) => withText(issue, locale))
  return match.status === 'refused' ? { ...match, issues } : { ...match, because: matchText(match, locale), issues }
}
