import { addMonths, type IsoDate, lastDay, type Month, monthOf, monthsBetween } from '#worker/core/dates.ts'
import type { Issue, Params } from '#worker/core/problem.ts'
import { type Account, isBalanceAccount, isClosedOn } from './account.ts'
import { type Books, type FiscalYear, fiscalYearOf, lockLevelOn } from './books.ts'
import { accountAndParty } from './entry.ts'
import { monthNamed, sharesOf } from './line-script.ts'
import { readScript, type Script, type ScriptMonth, type ScriptOf, scriptText } from './script.ts'
import type { Voucher } from './voucher-draft.ts'

type Line = Voucher['lines'][number]
type Spreading = ScriptOf<'SPRE'> | ScriptOf<'AVSKR'>
export type ScriptContext = { voucher: Voucher; books: Books; rights: { softLock: boolean }; at: string }

const issue = (code: string, pointer: string, params: Params, fix?: string): Issue => ({
  code,
  severity: 'error',
  pointer,
  params,
  ...(fix !== undefined && { fix: { pointer, value: fix } }),
})

/** Every reason a line's script cannot be carried out. `at` points at the line. Source: features.md 4.6, schedules; LED-13, LED-14. */
export function checkScript(line: Line, ctx: ScriptContext): Issue[] {
  const pointer = `${ctx.at}/script`
  const { scripts, fault } = readScript(line.script!)
  if (fault) return [issue('script/invalid', pointer, { ...fault })]
  const account = ctx.books.accounts.get(accountAndParty(line.account).account)
  return [
    ...checkTogether(scripts, line, ctx, pointer),
    ...scripts.flatMap((script) => {
      if (script.name === 'FORDEL') return checkAllocation(script, account, ctx, pointer)
      if (script.name === 'GJENTA') return []
      return checkSpreading(script, line, account, ctx, pointer)
    }),
  ]
}

/** A line is either spread or depreciated, and a voucher that is repeated has no plan of its own. */
function checkTogether(scripts: readonly Script[], line: Line, { voucher }: ScriptContext, pointer: string): Issue[] {
  const plans = scripts.filter((s) => s.name !== 'FORDEL')
  if (plans.length > 1)
    return [issue('script/not-together', pointer, { first: plans[0]!.name, second: plans[1]!.name })]
  if (plans[0]?.name !== 'GJENTA') return []
  const other = voucher.lines
    .filter((l) => l !== line && l.script)
    .flatMap((l) => readScript(l.script!).scripts)
    .find((s) => s.name !== 'FORDEL')
  return other ? [issue('script/not-together', pointer, { first: 'GJENTA', second: other.name })] : []
}

function checkAllocation(
  script: ScriptOf<'FORDEL'>,
  account: Account | undefined,
  { voucher, books }: ScriptContext,
  pointer: string,
): Issue[] {
  const shares = sharesOf(script, books)
  if (!shares) return [issue('script/split-key-unknown', pointer, { key: 'key' in script ? script.key : '' })]
  if (account?.control)
    return [issue('script/wrong-account', pointer, { reason: 'allocation', account: account.number })]
  const dimension = books.dimensions.get(shares.dimension)
  if (!dimension) return [issue('dimension/unknown', pointer, { dimension: shares.dimension })]
  const named = { dimension: dimension.key, dimensionNb: dimension.nameNb, dimensionEn: dimension.nameEn }
  const issues = shares.shares.flatMap(({ code }) => {
    const value = dimension.byCode.get(code)
    if (!value) return [issue('dimension/unknown', pointer, { ...named, value: code })]
    return isClosedOn(value.closedFrom, voucher.voucherDate)
      ? [issue('dimension/closed', pointer, { ...named, value: code })]
      : []
  })
  if (account && dimension.rules[account.number] === 'forbidden')
    issues.push(issue('dimension/forbidden', pointer, { ...named, account: account.number }))
  return issues
}

function checkSpreading(
  script: Spreading,
  line: Line,
  account: Account | undefined,
  ctx: ScriptContext,
  pointer: string,
): Issue[] {
  const [carries, takes] = script.name === 'SPRE' ? [script.through, undefined] : [script.asset, script.cost]
  const issues = [
    ...checkLineAccount(script.name, account, pointer),
    ...checkNamed(carries, script.name === 'SPRE' ? 'through' : 'asset', ctx, pointer),
    ...(takes === undefined ? [] : checkNamed(takes, 'cost', ctx, pointer)),
  ]
  const year = fiscalYearOf(ctx.voucher.voucherDate, ctx.books)
  if (!year) return issues
  const beyond = [script.from, script.gather].find((m) => m && !monthNamed(m, year))
  if (beyond) {
    const last = monthsBetween(monthOf(year.firstDate), monthOf(year.lastDate)).length + 1
    return [
      ...issues,
      issue('script/period-unknown', pointer, { period: 'period' in beyond ? beyond.period : 0, last }),
    ]
  }
  if (issues.length > 0) return issues
  const accounts = [carries, takes ?? accountAndParty(line.account).account]
  return [...checkRequired(carries, line, ctx, pointer), ...checkMonths(script, line, accounts, ctx, pointer)]
}

function checkLineAccount(name: Spreading['name'], account: Account | undefined, pointer: string): Issue[] {
  if (!account) return []
  const fits = name === 'SPRE' ? !isBalanceAccount(account.type) : account.type === 'asset' && !account.control
  const reason = name === 'SPRE' ? 'spread-line' : 'asset-line'
  return fits ? [] : [issue('script/wrong-account', pointer, { reason, account: account.number })]
}

function checkNamed(
  number: string,
  role: 'through' | 'asset' | 'cost',
  { books }: ScriptContext,
  pointer: string,
): Issue[] {
  const account = books.accounts.get(number)
  if (!account) return [issue('account/unknown', pointer, { account: number })]
  const fits = {
    through: isBalanceAccount(account.type) && !account.control,
    asset: account.type === 'asset' && !account.control,
    cost: account.type === 'expense',
  }[role]
  return fits ? [] : [issue('script/wrong-account', pointer, { reason: role, account: number })]
}

/** The balance account takes the line's dimensions; one that it demands and the line has not cannot be booked there. */
function checkRequired(number: string, line: Line, { books }: ScriptContext, pointer: string): Issue[] {
  return [...books.dimensions.values()]
    .filter((d) => d.rules[number] === 'required' && !line.dimensions[d.key])
    .map((d) =>
      issue('dimension/required', pointer, {
        dimension: d.key,
        dimensionNb: d.nameNb,
        dimensionEn: d.nameEn,
        account: number,
      }),
    )
}

/** The months that a script spreads over, each with the month it is booked in; undefined for a period outside the year. */
export function monthsOfScript(
  script: Spreading,
  voucher: Pick<Voucher, 'voucherDate'>,
  year: FiscalYear,
): { month: Month; bookedIn: Month }[] | undefined {
  const named = (m: ScriptMonth | undefined, otherwise: Month) => (m ? monthNamed(m, year) : otherwise)
  const from = named(script.from, monthOf(voucher.voucherDate))
  if (!from) return undefined
  const gather = named(script.gather, from)
  return Array.from({ length: script.months }, (_, i) => {
    const month = addMonths(from, i)
    return { month, bookedIn: gather && gather > month ? gather : month }
  })
}

/** Whether a day lies after every fiscal year: what is planned there waits for its year. */
export const waitsForYear = (day: IsoDate, books: Pick<Books, 'fiscalYears'>): boolean =>
  books.fiscalYears.every((y) => y.lastDate < day)

function checkMonths(
  script: Spreading,
  line: Line,
  accounts: readonly string[],
  { voucher, books, rights }: ScriptContext,
  pointer: string,
): Issue[] {
  const months = monthsOfScript(script, voucher, fiscalYearOf(voucher.voucherDate, books)!)!
  const booked = [...new Set(months.map((m) => m.bookedIn))].filter((m) => !waitsForYear(lastDay(m), books))
  const { cutOverDate } = books.company
  for (const month of booked) {
    const day = lastDay(month)
    if (!fiscalYearOf(day, books)) return [issue('fiscal-year/missing', pointer, { date: day })]
    if (cutOverDate && day < cutOverDate) return [issue('voucher/before-cut-over', pointer, { cutOverDate })]
    const closed = accounts.map((n) => books.accounts.get(n)).find((a) => a && isClosedOn(a.closedFrom, day))
    if (closed) return [issue('account/closed', pointer, { account: closed.number, closedFrom: closed.closedFrom })]
    for (const [key, code] of Object.entries(line.dimensions)) {
      const dimension = books.dimensions.get(key)
      const value = code === null ? undefined : dimension?.byCode.get(code)
      if (dimension && value && isClosedOn(value.closedFrom, day)) {
        const names = { dimensionNb: dimension.nameNb, dimensionEn: dimension.nameEn }
        return [issue('dimension/closed', pointer, { dimension: key, ...names, value: value.code })]
      }
    }
  }
  return checkLocks(script, months, booked, { voucher, books, rights }, pointer)
}

/** A locked month is refused, with scripts to choose from: booked in the first open month, begun there, or cut short. */
function checkLocks(
  script: Spreading,
  months: readonly { month: Month; bookedIn: Month }[],
  booked: readonly Month[],
  { voucher, books, rights }: Omit<ScriptContext, 'at'>,
  pointer: string,
): Issue[] {
  const passes = rights.softLock && voucher.reason !== undefined
  const locked = booked.filter((m) => {
    const level = lockLevelOn(lastDay(m), books)
    return level === 'hard' || (level === 'soft' && !passes)
  })
  if (locked.length === 0) return []
  const [first, last] = [locked[0]!, locked.at(-1)!]
  const level = lockLevelOn(lastDay(first), books)
  if (rights.softLock && locked.every((m) => lockLevelOn(lastDay(m), books) === 'soft'))
    return [issue('period/locked', pointer, { period: first, level, reason: 'reason-needed' })]
  const open = { month: addMonths(last, 1) }
  const left = months.filter((m) => m.month >= open.month).length
  const from = { month: months[0]!.month }
  const remedies = [
    scriptText({ ...script, from, gather: open }),
    scriptText({ ...script, from: open, gather: undefined }),
    ...(left > 0 ? [scriptText({ ...script, from: open, months: left, gather: undefined })] : []),
  ]
  const params = { period: first, lastPeriod: last, level, reason: 'script', remedies }
  return [issue('period/locked', pointer, params, remedies[0])]
}
