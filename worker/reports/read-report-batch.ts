import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { type Issue, Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { knownParties, knownValues } from './batch-store.ts'
import { budgetFiguresOf, budgetStatements } from './budget-figures.ts'
import { layoutsIn, OWN_LAYOUTS } from './layout-store.ts'
import { daysOf, periodOf } from './period-range.ts'
import type { Question } from './question-store.ts'
import { type Basis as FigureBasis, readFigureTables } from './read-figure-tables.ts'
import { accountsOfLine } from './read-layouts.ts'
import { rowsOf } from './read-trial-balance.ts'
import {
  accountsOf,
  amountsOf,
  type CellIssue,
  cellCount,
  checkCells,
  isBudgetMeasure,
  type ReportBatch,
  type ReportGroup,
  type Sources,
} from './report-batch.ts'
import type { ReportAccount, ReportLayout } from './report-layout.ts'
import { CELLS, GROUPS } from './report-limits.ts'
import { STANDARD_LAYOUTS } from './standard-layouts.ts'

/** Groups that draw on the same entries at the same version share one read. */
type Basis = { question: Question; groups: ReportGroup[] }

/**
 * All figures of a batch at one version, in øre: a read of the kept balances for each distinct filter and version, all in
 * one round trip, and the cells from memory. `issues` have no words yet.
 * @throws Problem 413 request/too-large; 422 request/invalid: a cell outside its axes, or the version of all is not there yet.
 */
export async function readReportBatch(db: Database, batch: ReportBatch, today: IsoDate) {
  if (cellCount(batch) > CELLS || batch.groups.length > GROUPS)
    throw new Problem(413, 'request/too-large', {
      params: { reason: 'cells', cells: CELLS, groups: GROUPS },
    })
  refuse(checkCells(batch))
  const bases = new Map<string, Basis>()
  const basisOf = batch.groups.map((group) => {
    const question = questionOf(group, batch, today)
    const { party, kind, dimensions } = question.filter
    const key = JSON.stringify([dimensions, party, kind, question.atVersion, question.asKnownAt])
    const basis = bases.get(key) ?? { question, groups: [] }
    basis.groups.push(group)
    bases.set(key, basis)
    return basis
  })
  const plans = new Map(
    batch.groups.flatMap((group, i) =>
      isBudgetMeasure(group.measure)
        ? [[planKey(group), { budget: group.budgetVersion, ...basisOf[i]!.question.filter }] as const]
        : [],
    ),
  )
  const pairs = [...bases.values()].flatMap((b) => Object.entries(b.question.filter.dimensions))
  const parties = [...bases.values()].flatMap(({ question: { filter } }) =>
    filter.party === undefined ? [] : [[filter.kind, filter.party] as const],
  )
  const { ledgerVersion, sequence, chart, years, tables, beside } = await readFigureTables(
    db,
    [...bases.values()].map(figureBasisOf),
    today,
    [
      knownValues(pairs),
      OWN_LAYOUTS,
      knownParties(parties),
      ...[...plans.values()].flatMap(({ budget, dimensions }) => budgetStatements(budget, dimensions)),
    ],
  )
  const unknownVersion = tooNew(batch.atVersion, ledgerVersion)
  if (unknownVersion) refuse([{ ...unknownVersion, severity: 'error', pointer: '#/atVersion' }])
  const wrong = wrongFilters(pairs, rowsOf<KnownValue>(beside[0]!))
  const strangers = new Set(parties.flatMap((of, i) => (rowsOf<0 | 1>(beside[2]!)[i] ? [] : [JSON.stringify(of)])))
  const wrongParty = ({ party, kind, measure }: ReportGroup): Omit<CellIssue, 'cell'> | undefined => {
    if (party === undefined) return undefined
    if (isBudgetMeasure(measure)) return { code: 'field/invalid', params: { reason: 'unknown', field: 'party' } }
    const unknown = strangers.has(JSON.stringify([kind, party]))
    return unknown ? { code: 'party/unknown', params: { party, kind: kind ?? 'customer' } } : undefined
  }
  const days = batch.groups.flatMap(({ periods }) =>
    periods.flatMap((text) => {
      const period = periodOf(text)
      return (period && daysOf(period, years)) ?? []
    }),
  )
  const planned = new Map(
    [...plans].map(([key, { budget }], i): [string, Sources['budget']] => {
      const found = budgetFiguresOf(beside.slice(3 + 2 * i, 5 + 2 * i), chart, years, days)
      if (found.budgets.length > 0) return [key, found.table]
      if (budget !== undefined) return [key, { code: 'budget/unknown', params: { budget } }]
      return [key, { code: 'measure/not-available', params: { measure: 'budget' } }]
    }),
  )
  const ofLine = linesOf(layoutsIn(beside[1]!), chart)
  const read = new Map([...bases.values()].map((basis, i) => [basis, tables[i]!]))
  return {
    ledgerVersion,
    sequence,
    groups: batch.groups.map((group, i) => {
      const { question } = basisOf[i]!
      const { version, table } = read.get(basisOf[i]!)!
      const unknown = Object.entries(question.filter.dimensions).flatMap(
        ([key, value]) => wrong.get(`${key}=${value}`) ?? [],
      )
      const { amounts, issues } = amountsOf(
        group,
        {
          actual: table,
          budget: isBudgetMeasure(group.measure) ? planned.get(planKey(group)) : undefined,
          accountsOfLine: ofLine,
        },
        years,
        tooNew(group.atVersion, ledgerVersion) ?? unknown[0] ?? wrongParty(group),
      )
      const back = question.asKnownAt !== undefined || question.atVersion !== undefined
      return { amounts, ...(back && { atVersion: version }), issues }
    }),
  }
}

/** Groups of the same budget and dimensions share one read of it. */
const planKey = ({ budgetVersion, dimensions = {} }: ReportGroup): string =>
  JSON.stringify([budgetVersion ?? null, Object.entries(dimensions).sort()])

/** The accounts of a line of a standard layout or one of the company's own, each looked up once. */
export function linesOf(own: readonly ReportLayout[], chart: readonly ReportAccount[]) {
  const known = new Map<string, readonly string[] | undefined>()
  return ({ layout, line }: { layout: string | undefined; line: string }) => {
    const key = JSON.stringify([layout, line])
    if (!known.has(key)) {
      const all = [...STANDARD_LAYOUTS, ...own]
      const found =
        layout === undefined
          ? STANDARD_LAYOUTS.find(({ lines }) => lines.some((l) => l.key === line))
          : all.find((l) => l.key === layout)
      known.set(key, found && accountsOfLine(found, line, [...chart]))
    }
    return known.get(key)
  }
}

function questionOf(group: ReportGroup, batch: ReportBatch, today: IsoDate): Question {
  const at = group.atVersion ?? batch.atVersion
  const dimensions = Object.fromEntries(Object.entries(group.dimensions ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
  return {
    today,
    filter: { dimensions, party: group.party, kind: group.kind },
    ...(typeof at === 'number' && { atVersion: at }),
    ...(group.asKnownAt && { asKnownAt: group.asKnownAt as Instant }),
  }
}

/** What the basis' groups need: their periods, and of the accounts one range that holds them all. */
function figureBasisOf({ question, groups }: Basis): FigureBasis {
  const periods = [...new Set(groups.flatMap((group) => group.periods))].map(periodOf)
  const accounts = accountsOf(groups.flatMap((group) => group.accounts))
  return {
    question: { ...question, filter: { ...question.filter, accounts } },
    periods,
    measures: new Set(groups.map((group) => group.measure)),
  }
}

/** A version that is not there yet. */
const tooNew = (atVersion: ReportBatch['atVersion'], ledgerVersion: number): Omit<CellIssue, 'cell'> | undefined =>
  typeof atVersion === 'number' && atVersion > ledgerVersion
    ? { code: 'ledger-version/unknown', params: { atVersion, ledgerVersion } }
    : undefined

type KnownValue = [names: [nb: string, en: string] | null, hasValue: 0 | 1]

/** What is wrong with a dimension or its value, by `key=value`. */
function wrongFilters(pairs: readonly [string, string][], known: readonly KnownValue[]) {
  const wrong = new Map<string, Omit<CellIssue, 'cell'>>()
  pairs.forEach(([dimension, value], i) => {
    const [names, hasValue] = known[i]!
    const key = `${dimension}=${value}`
    if (!names) wrong.set(key, { code: 'field/invalid', params: { reason: 'unknown', field: dimension } })
    else if (!hasValue) {
      const [dimensionNb, dimensionEn] = names
      wrong.set(key, { code: 'dimension/unknown', params: { dimension, dimensionNb, dimensionEn, value } })
    }
  })
  return wrong
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues: issues.slice(0, 100) })
}
