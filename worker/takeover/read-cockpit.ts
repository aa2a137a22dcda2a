import { addDays, type IsoDate } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import { isError, Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { OBSERVATION_ACCOUNT, type PartyKind } from '#worker/ledger/account.ts'
import { type Books, partyKey } from '#worker/ledger/books.ts'
import { type Judged, readJudged, readOpeningBooks } from '#worker/opening-balance/book-opening.ts'
import type { OpeningContent } from '#worker/opening-balance/opening-row.ts'
import { type KeptTakeover, readTakeover } from '#worker/opening-balance/plan-store.ts'
import { readOpening } from '#worker/opening-balance/store.ts'
import { controlTargets, interimOf, itemsDateOf } from '#worker/opening-balance/takeover-plan.ts'
import { type Ageing, ageingOf, DAYS_PAST_DUE } from '#worker/subledger/ageing.ts'
import { readAgeing } from '#worker/subledger/read-ageing.ts'
import { termOf, type VatTerm } from '#worker/vat/vat-term.ts'
import { readTermKind } from '#worker/vat-return/store.ts'
import { type JudgedMovements, readMovements } from './book-movements.ts'
import { type ComparedList, comparedWith } from './control-list.ts'
import { readControlList } from './control-list-store.ts'
import { type AccountLine, type EarlierVoucher, readAccount, readFigures, readState } from './store.ts'
import { type Checked, checklistOf, type Progress } from './takeover-checklist.ts'
import { openingColumn, type PartyPair, proveTakeover, type TakeoverProof } from './takeover-proof.ts'

/** What an account stands at, and what it must come to, in øre. At rest when they are equal; `lines` or `parties` make up the rest. */
export type CockpitGauge = {
  account: string
  amount: Ore
  target: Ore
  lines: AccountLine[]
  /** Of a control account: the customers or suppliers that do not stand at what the old system says. */
  parties: PartyPair[]
}
export type CockpitAgeing = { kind: PartyKind; buckets: readonly number[]; listed: Ageing; ledger: Ageing }
/** A VAT term that the cut-over falls inside, and what part of it each system reports. */
export type SplitTerm = VatTerm & { lastDateBefore: IsoDate; firstDateHere: IsoDate }

export type Cockpit = {
  ledgerVersion: number
  chainHead: string | null
  plan: KeptTakeover
  itemsDate: IsoDate
  gauges: CockpitGauge[]
  /** Debit less credit of the opening balance as it is filled in. */
  openingSum: Ore
  opening: Judged | undefined
  items: Judged | undefined
  movements: JudgedMovements | undefined
  checklist: Checked[]
  /** Vouchers that stand from before the cut-over and carry nothing over; the first of them. */
  earlier: EarlierVoucher[]
  ageing: CockpitAgeing[]
  splitTerm: SplitTerm | null
  /** What imports found to differ. */
  differences: number
  proof: TakeoverProof
  /** The old system's own trial balance held against the ledger; null where nobody has brought one. */
  control: ComparedList | null
  books: Books
}

/** Lines that are shown of an account that is not at rest. */
const MOST_LINES = 20
const EMPTY: OpeningContent = { rows: [], resultAccount: null }

/**
 * How far a take-over has come: gauges, months, a checklist that ticks itself, and the proof that the ledger agrees with the old
 * system. Source: features.md 4.7, moonshot 11.
 * @throws Problem 404 takeover/none.
 */
export async function readCockpit(db: Database, company: string, today: IsoDate): Promise<Cockpit> {
  const plan = await readTakeover(db)
  if (!plan) throw new Problem(404, 'takeover/none')
  const itemsDate = itemsDateOf(plan)
  const withMovements = plan.variant === 'movements'
  const [books, state, termKind, figures, list, opening, movements] = await Promise.all([
    readOpeningBooks(db),
    readState(db),
    readTermKind(db),
    readFigures(db, plan.cutOverDate),
    readControlList(db),
    judgedOn(db, company, plan.openingDate),
    withMovements ? readMovements(db, plan) : undefined,
  ])
  const items = withMovements ? await judgedOn(db, company, itemsDate) : opening
  const targets = controlTargets(opening ? targetRows(opening, plan) : [], plan.rows, books)
  const proof = proveTakeover(
    plan,
    {
      opening: opening?.opening ?? EMPTY,
      movements: plan.rows,
      columns: movements?.months ?? [openingColumn(plan.openingDate)],
      items: items?.judgement.draft ?? null,
      targets,
    },
    figures,
    books,
  )
  const control = list
    ? comparedWith(list, figures.accounts, plan, books, opening?.opening.resultAccount ?? null)
    : null
  const gauges = await readGauges(db, plan, proof, books)
  const observation = books.accounts.has(OBSERVATION_ACCOUNT) ? await interimGauge(db, OBSERVATION_ACCOUNT) : undefined
  if (observation && observation.amount !== 0) gauges.push(observation)
  const stands = (judged: Judged | undefined) => judged?.opening.state === 'booked'
  const atRest = (account: string) => gauges.every((g) => g.account !== account || g.amount === g.target)
  const progress: Progress = {
    'opening-balanced': opening !== undefined && !opening.judgement.issues.some(isError) && opening.judgement.sum === 0,
    'opening-booked': stands(opening),
    'movements-balanced': movements !== undefined && plan.rows.length > 0 && !movements.issues.some(isError),
    'movements-booked':
      movements?.months.some(({ state }) => state === 'booked') === true &&
      movements.months.every(({ state }) => state === 'booked' || state === 'empty'),
    'open-items-booked': stands(items) || (items === undefined && Object.values(targets).every((n) => n === 0)),
    'interim-accounts-zero': Object.values(interimOf(plan)).every(atRest),
    'control-accounts-agree': proof.control.every((pair) => pair.old === pair.ledger),
    'observation-account-zero': atRest(OBSERVATION_ACCOUNT),
    'no-earlier-vouchers': figures.earlier.length === 0,
    'differences-explained': state.differences === 0 || plan.explanation !== null,
    'cut-over-date-set': books.company.cutOverDate !== null && books.company.cutOverDate >= plan.cutOverDate,
    'accounts-agree': opening !== undefined && proof.months.every(({ differences }) => differences.length === 0),
    'parties-agree': stands(items ?? opening) && proof.parties.every(({ differences }) => differences.length === 0),
    'closing-agrees':
      control && (control.differences.length === 0 || ![null, control.explanationBefore].includes(plan.explanation)),
  }
  return {
    ...state,
    plan,
    itemsDate,
    gauges,
    openingSum: opening?.judgement.sum ?? ore(0),
    opening,
    items,
    movements,
    checklist: checklistOf(plan, progress),
    earlier: figures.earlier,
    ageing: await readAgeings(db, itemsDate, items, books, today),
    splitTerm: splitTermOf(termOf(termKind, plan.cutOverDate), plan.cutOverDate, books.company.vatRegistered),
    proof,
    control,
    books,
  }
}

async function judgedOn(db: Database, company: string, day: IsoDate): Promise<Judged | undefined> {
  return (await readOpening(db, day)) && readJudged(db, company, day)
}

/** Rows that say what a control account must come to: its own, else its open items. */
const targetRows = ({ opening, judgement }: Judged, { variant }: KeptTakeover) =>
  variant === 'movements'
    ? opening.rows
    : judgement.gauges.map(({ account, target }) => ({ account, amount: target }) as (typeof opening.rows)[number])

async function readGauges(
  db: Database,
  plan: KeptTakeover,
  proof: TakeoverProof,
  books: Books,
): Promise<CockpitGauge[]> {
  const interim = plan.variant === 'movements' ? Object.values(interimOf(plan)) : []
  const gauges: CockpitGauge[] = []
  for (const account of interim) {
    gauges.push(await interimGauge(db, account))
  }
  for (const { account, old, ledger } of proof.control) {
    const control = books.accounts.get(account)?.control
    const of = proof.parties.find(({ kind }) => kind === control)
    if (!of) continue
    const own = of.differences.filter(({ party }) => {
      const found = books.parties.get(partyKey(of.kind, party))
      return (found?.controlAccount ?? account) === account
    })
    const parties = own.slice(0, MOST_LINES).map((pair) => ({ kind: of.kind, ...pair }))
    gauges.push({ account, amount: ledger, target: old, lines: [], parties })
  }
  return gauges
}

/** An account that must come to nothing, with the entries that others do not take back. */
async function interimGauge(db: Database, account: string): Promise<CockpitGauge> {
  const { amount, lines } = await readAccount(db, account, MOST_LINES)
  return { account, amount, target: ore(0), lines, parties: [] }
}

/** Ageing on the day before the cut-over: of the list as it was filled in, and of the ledger. */
async function readAgeings(
  db: Database,
  asAtDate: IsoDate,
  items: Judged | undefined,
  books: Books,
  today: IsoDate,
): Promise<CockpitAgeing[]> {
  if (!items) return []
  return Promise.all(
    (['customer', 'supplier'] as const).map(async (kind) => {
      const due = items.judgement.draft.lines.flatMap((line) => {
        const [account = '', party] = line.account.split(':')
        if (party === undefined || books.accounts.get(account)?.control !== kind) return []
        return [{ dueDate: (line.dueDate ?? items.opening.openingDate) as IsoDate, rest: line.amount ?? 0 }]
      })
      const { totals, buckets } = await readAgeing(db, { kind, asAtDate }, today)
      return { kind, buckets, listed: ageingOf(due, asAtDate, DAYS_PAST_DUE), ledger: totals }
    }),
  )
}

/** The VAT term that both systems report a part of; null where the cut-over is the first day of one. */
function splitTermOf(term: VatTerm, cutOverDate: IsoDate, vatRegistered: boolean): SplitTerm | null {
  if (!vatRegistered || term.fromDate === cutOverDate) return null
  return { ...term, lastDateBefore: addDays(cutOverDate, -1), firstDateHere: cutOverDate }
}
