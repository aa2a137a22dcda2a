import { addinFunctions as en } from '#i18n/en/addin-functions.ts'
import { fill, type Locale } from '#i18n/format.ts'
import { addinFunctions as nb } from '#i18n/nb/addin-functions.ts'
import type { Month } from '#worker/core/dates.ts'
import type { Facts } from '#worker/ledger/books.ts'
import type { Measure } from '#worker/reports/report-batch.ts'
import { type Company, type LedgerApi, NoAnswer, Refused } from '../api/ledger-api.ts'
import {
  ArgumentFault,
  type Given,
  isGiven,
  knownAtOf,
  matrixOf,
  type Options,
  optionsOf,
  type YearStart,
} from './arguments.ts'
import { FUNCTIONS, type FunctionId } from './catalogue.ts'
import { type CellQuery, cellQuery, paired, shownValue } from './evaluate.ts'
import { FigureFault, FigureSource, type Keeper } from './figure-source.ts'
import type { SignOf } from './natural-sign.ts'
import type { OfficeDesk } from './office-desk.ts'
import { wordsOf } from './word-list.ts'

/** What a function's error says, and which of Excel's two errors with a text it is. */
export type Failure = { code: 'value' | 'not-available'; text: string }
export type MakeError = (failure: Failure) => unknown

/** What the functions need of the pane they live beside. */
export type Surroundings = {
  api: LedgerApi
  locale: () => Locale
  /** The workbook's company; undefined when none is chosen. */
  company: () => Promise<string | undefined>
  signedIn: () => boolean
  makeError: MakeError
  /** Keeps a company's figures beyond the page. */
  keeper?: (company: string) => Keeper
  isError: (value: unknown) => boolean
}

/** "Cannot know" is #N/A; what is malformed is #VALUE!. */
const UNKNOWN = new Set([
  'unknownAccount',
  'unknownParty',
  'dimension',
  'signedOut',
  'noCompany',
  'noBudget',
  'otherCompany',
  'severalCompanies',
  'moreRows',
  'offline',
  'failed',
])

/** Functions that give one figure for an account and a period. */
const FIGURES: ReadonlySet<FunctionId> = new Set([
  'BALANCE',
  'OPENING',
  'MOVEMENT',
  'DEBIT',
  'CREDIT',
  'VARIANCE',
  'BUDGET',
  'FIGURES',
  'ASKNOWNAT',
])
const LISTS = FUNCTIONS.map(({ id }) => id).filter((id) => !FIGURES.has(id))

/**
 * The functions of a workbook. Each gives a value or a matrix, or throws Excel's error with a text; none is left without an
 * answer. Figures of one company come from one `FigureSource`, so that all are of one version.
 */
export class FunctionRuntime {
  readonly around: Surroundings
  readonly #sources = new Map<string, FigureSource>()
  readonly #facts = new Map<string, Promise<Facts>>()
  #companies: Promise<readonly Company[]> | undefined
  /** Read when a second company is asked about: most workbooks have one. */
  #office: Promise<OfficeDesk> | undefined
  /** Answers to lists, all of the version the figures are of. */
  readonly #answers = new Map<string, Promise<unknown>>()

  constructor(around: Surroundings) {
    this.around = around
  }

  /** Every function by its English id. */
  implementations(): Record<FunctionId, (...args: Given[]) => unknown> {
    const of = (measure: Measure) => (account: Given, period: Given, dims?: Given, options?: Given) =>
      this.#figures(measure, account, period, dims, optionsOf(options))
    const functions = {
      BALANCE: of('closing'),
      OPENING: of('opening'),
      MOVEMENT: of('movement'),
      DEBIT: of('debit'),
      CREDIT: of('credit'),
      VARIANCE: (account: Given, period: Given, dims?: Given, options?: Given) =>
        this.#variance(account, period, dims, options),
      BUDGET: (account: Given, period: Given, dims?: Given, version?: Given) =>
        this.#figures('budget', account, period, dims, budgetOptions(version)),
      FIGURES: (accounts: Given, periods: Given, measure: Given, dims?: Given, options?: Given) =>
        this.#figures(measureOf(measure), columnOf(accounts), rowOf(periods), dims, optionsOf(options)),
      ASKNOWNAT: (account: Given, period: Given, known: Given, dims?: Given) =>
        this.#figures('closing', account, period, dims, { ...optionsOf(undefined), ...knownAtOf(known) }),
      ...Object.fromEntries(
        LISTS.map((id) => [id, async (...args: Given[]) => (await this.#listFunctions())[id]!(...args)]),
      ),
    }
    return Object.fromEntries(
      Object.entries(functions).map(([id, f]) => [id, this.#guarded(f as (...args: Given[]) => unknown)]),
    ) as Record<FunctionId, (...args: Given[]) => unknown>
  }

  /** Lists and names come in a file of their own, when the first is asked for. */
  #listFunctions(): Promise<Record<string, (...args: Given[]) => unknown>> {
    this.#lists ??= import('./list-parts.ts').then(({ listFunctions }) => listFunctions(this))
    return this.#lists
  }
  #lists: Promise<Record<string, (...args: Given[]) => unknown>> | undefined

  /** A list as its function gives it: for what stands behind its rows. */
  async list(id: FunctionId, args: readonly Given[]): Promise<unknown> {
    return (await this.#listFunctions())[id]?.(...args)
  }

  /** The source of a company's figures. */
  source(company: string): FigureSource {
    let source = this.#sources.get(company)
    if (!source) {
      source = new FigureSource(
        // A workbook of one company has nobody to wait for.
        async (batch, signal) =>
          this.#sources.size > 1
            ? (await this.#officeDesk()).ask(company, batch, signal)
            : this.around.api.figures(company, batch, signal),
        { offline: () => this.text('offline') },
        (after, groups) => this.around.api.staleFigures(company, after, groups),
        this.around.keeper?.(company),
      )
      this.#sources.set(company, source)
    }
    return source
  }
  #officeDesk(): Promise<OfficeDesk> {
    this.#office ??= import('./office-desk.ts').then(({ OfficeDesk }) => new OfficeDesk(this.around.api))
    return this.#office
  }
  get sources(): ReadonlyMap<string, FigureSource> {
    return this.#sources
  }

  /** From now on everything is asked for anew. */
  refresh(): void {
    for (const source of this.#sources.values()) source.refresh()
    this.#forget()
  }

  /** A report or list at the version that the figures are of, asked for once. */
  async read<T>(
    company: string,
    path: string,
    query: Readonly<Record<string, string | number | undefined>>,
  ): Promise<T> {
    const atVersion = await this.source(company).version()
    const asked = { atVersion, ...query }
    const key = JSON.stringify([company, path, asked])
    let answer = this.#answers.get(key)
    if (!answer) {
      answer = this.around.api.get<T>(company, path, asked)
      answer.catch(() => this.#answers.delete(key))
      this.#answers.set(key, answer)
    }
    return (await answer) as T
  }

  /** The same as `refresh`, but figures that nothing has touched since are kept. */
  async renew(): Promise<void> {
    const own = await this.around.company()
    await Promise.all(
      [...this.#sources].map(([company, source]) =>
        // What is out of date is asked company by company: where there are many, all of it is asked for at once instead.
        company === own || this.#sources.size < MANY ? source.renew() : source.refresh(),
      ),
    )
    this.#forget()
  }

  #forget(): void {
    this.#facts.clear()
    this.#answers.clear()
    this.listsBehind.clear()
    this.#companies = undefined
  }

  text(key: keyof typeof nb.faults, value = ''): string {
    const texts = this.around.locale() === 'nb' ? nb : en
    return fill(texts.faults[key], { value }, this.around.locale())
  }

  /** The company that a function asks about: the workbook's, or one named by id, number or name. */
  async companyOf(named?: string): Promise<string> {
    if (!this.around.signedIn()) throw new ArgumentFault('signedOut')
    const own = await this.around.company()
    if (named === undefined) {
      if (!own) throw new ArgumentFault('noCompany')
      return own
    }
    const { companiesNamed } = await import('./list-parts.ts')
    const [found, ...others] = companiesNamed(await this.#reachable(), named)
    if (!found) throw new ArgumentFault('otherCompany', named)
    // Nobody can tell whose figures they would be.
    if (others.length > 0)
      throw new ArgumentFault('severalCompanies', [found, ...others].map(({ id }) => id).join(', '))
    return found.id
  }

  /** Companies that `company=*` means, by name. */
  companies = async (): Promise<readonly Company[]> => (await import('./list-parts.ts')).inUse(await this.#reachable())

  async #reachable(): Promise<readonly Company[]> {
    if (!this.around.signedIn()) throw new ArgumentFault('signedOut')
    this.#companies ??= this.around.api.companies()
    this.#companies.catch(() => {
      this.#companies = undefined
    })
    return this.#companies
  }

  facts(company: string): Promise<Facts> {
    let facts = this.#facts.get(company)
    if (!facts) {
      facts = this.around.api.books(company).then((answer) => answer!.facts)
      facts.catch(() => this.#facts.delete(company))
      this.#facts.set(company, facts)
    }
    return facts
  }

  /** Companies whose lists rest on what somebody posted or matched since they were read. */
  readonly listsBehind = new Set<string>()
  /** What lists were asked for: JSON of company, path and query. */
  lists = (): readonly string[] => [...this.#answers.keys()]

  /** Where fiscal years begin, for periods that count from there. */
  async yearStart(company: string, period: Given): Promise<YearStart | undefined> {
    if (!countsFromYear(period)) return undefined
    const { fiscalYears } = await this.facts(company)
    return (of: Month) => {
      const year = fiscalYears.find((y) => y.firstDate.slice(0, 7) <= of && of <= y.lastDate.slice(0, 7))
      return (year?.firstDate.slice(0, 7) ?? `${of.slice(0, 4)}-01`) as Month
    }
  }

  /** Figures of one company, or of every company one may reach: then a row for each, with its name before the figures. */
  async #figures(measure: Measure, account: Given, period: Given, dims: Given, options: Options): Promise<unknown[][]> {
    if (options.company !== EVERY_COMPANY)
      return this.#figuresOf(await this.companyOf(options.company), measure, account, period, dims, options)
    return Promise.all(
      (await this.companies()).map(async ({ id, name }) => {
        const [row, ...more] = await this.#figuresOf(id, measure, account, period, dims, options)
        if (more.length > 0) throw new ArgumentFault('shapes')
        return [name, ...row!]
      }),
    )
  }

  /** Actual less budget, in kroner, or with "pct" as a share of what was budgeted. */
  async #variance(account: Given, period: Given, dims: Given, given: Given): Promise<unknown[][]> {
    const { share, options } = varianceOptions(given)
    const [variance, budget] = await Promise.all(
      (share ? (['variance', 'budget'] as const) : (['variance'] as const)).map((measure) =>
        this.#figures(measure, account, period, dims, options),
      ),
    )
    if (!budget) return variance!
    const none = this.around.makeError(this.failure(new ArgumentFault('noBudget')))
    return variance!.map((row, r) =>
      row.map((amount, c) => {
        const of = budget[r]![c]
        if (typeof amount !== 'number' || typeof of !== 'number') return amount
        return of === 0 ? none : amount / Math.abs(of)
      }),
    )
  }

  /** Figures for accounts and periods as Excel pairs them; each cell is a figure or an error of its own. */
  async #figuresOf(
    company: string,
    measure: Measure,
    account: Given,
    period: Given,
    dims: Given,
    options: Options,
  ): Promise<unknown[][]> {
    const yearStart = countsFromYear(period) ? await this.yearStart(company, period) : undefined
    const source = this.source(company)
    const signOf = options.natural
      ? await (await import('./list-parts.ts')).readNaturalSigns(this, company, account)
      : undefined
    const cells = paired(account, period, (a, p) => {
      if (isEmpty(a) && isEmpty(p)) return ''
      try {
        const query = cellQuery(measure, a, p, dims, options, yearStart)
        return { query, figures: query.parts.map((part) => source.figure(part.query)) }
      } catch (error) {
        return this.failure(error)
      }
    })
    if (!cells) throw new ArgumentFault('shapes')
    // The formula of one figure is what a workbook has thousands of.
    if (cells.length === 1 && cells[0]!.length === 1) return [[await this.#cell(cells[0]![0]!, signOf)]]
    return Promise.all(cells.map((row) => Promise.all(row.map((cell) => this.#cell(cell, signOf)))))
  }

  async #cell(
    cell: '' | Failure | { query: CellQuery; figures: (number | Promise<number>)[] },
    signOf: SignOf | undefined,
  ): Promise<unknown> {
    if (cell === '' || !('query' in cell)) return cell === '' ? '' : this.around.makeError(cell)
    const { query, figures } = cell
    let ore = 0
    for (let i = 0; i < figures.length; i++) {
      const figure = figures[i]!
      try {
        ore += query.parts[i]!.sign * (typeof figure === 'number' ? figure : await figure)
      } catch (error) {
        return this.around.makeError(this.failure(error))
      }
    }
    return shownValue(ore, query, signOf)
  }

  /** @throws ArgumentFault for a measure that is none. */
  measureNamed = (given: Given): Measure => measureOf(given)

  /** What an error of ours is to a cell. */
  failure(error: unknown): Failure {
    if (error instanceof ArgumentFault)
      return { code: UNKNOWN.has(error.key) ? 'not-available' : 'value', text: this.text(error.key, error.value) }
    if (error instanceof FigureFault) return { code: 'not-available', text: error.message }
    if (error instanceof Refused) {
      if (error.status === 401) return { code: 'not-available', text: this.text('signedOut') }
      return { code: 'not-available', text: error.issues[0]?.message ?? error.title }
    }
    if (error instanceof NoAnswer) return { code: 'not-available', text: this.text('offline') }
    console.error(error)
    return { code: 'not-available', text: this.text('failed') }
  }

  /** A lone error is thrown, since Excel shows its text then; in a table it stands in its own cell. */
  #guarded(f: (...args: Given[]) => unknown): (...args: Given[]) => Promise<unknown> {
    return async (...args) => {
      let result: unknown
      try {
        result = await f(...args)
      } catch (error) {
        throw this.around.makeError(this.failure(error))
      }
      const only = Array.isArray(result) && result.length === 1 && result[0].length === 1 ? result[0][0] : undefined
      if (this.around.isError(only)) throw only
      return result
    }
  }
}

/** `company=*`. */
export const EVERY_COMPANY = '*'
/** Companies from which on each is not asked by itself what is out of date. */
const MANY = 5

/** Whether a period counts from the beginning of its fiscal year. */
const countsFromYear = (period: Given): boolean =>
  /^\s*(ytd|hia|hittil)/i.test(Array.isArray(period) ? period.flat().join('\n') : String(period))
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
const columnOf = (given: Given): unknown[][] =>
  matrixOf(given)
    .flat()
    .map((value) => [value])
const rowOf = (given: Given): unknown[][] => [matrixOf(given).flat()]
/** What BUDGET and a drill into it are asked of. */
export const budgetOptions = (version: Given): Options =>
  optionsOf(isGiven(version) ? `budgetVersion=${version}` : undefined)

const varianceWords = wordsOf(({ varianceWords: words }) => words)
/** `"pct"` or `"abs"`, alone or among the options. @throws ArgumentFault */
export function varianceOptions(given: Given): { share: boolean; options: Options } {
  const own: (string | undefined)[] = []
  const others = matrixOf(given).map((row) =>
    row.map((cell) => {
      const parts = String(cell ?? '').split(';')
      own.push(...parts.map(varianceWords))
      return parts.filter((part) => !varianceWords(part)).join(';')
    }),
  )
  return { share: own.includes('pct'), options: optionsOf(others) }
}

const measures = wordsOf(({ measureWords }) => measureWords)
function measureOf(given: Given): Measure {
  if (!isGiven(given)) return 'closing'
  const found = measures(matrixOf(given)[0]![0])
  if (!found) throw new ArgumentFault('measure', given)
  return found as Measure
}
