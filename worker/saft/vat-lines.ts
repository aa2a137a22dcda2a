import type { BasisPoints } from '#worker/core/money.ts'
import type { VatCode, VatSide } from '#worker/vat/vat.ts'

/** Tax that a line of the file names, with our own code for it. Amount signed as debit and credit. */
export type LineTax = { code: VatCode; rate: BasisPoints | null; base: number | null; amount: number }
export type TaxedLine = { account: string; amount: number; tax: LineTax | undefined }
/** A line, or a part of one, that is VAT of a code: `of` is the line whose tax it is. */
export type VatPart = { amount: number; code: VatCode; rate: BasisPoints | null; side: VatSide; of: number }

/** What tells one VAT account from another: the code and side that its lines have had until now. */
export type AccountHabits = Map<string, string>

type Due = VatPart & { key: string }

/** How far VAT on an account may lie from the tax told on the lines and still be the same VAT, in øre: rounding. */
const ROUNDING = 100

/**
 * Finds the lines that hold the VAT of a transaction's taxed lines: alone, summed by code, or several codes in one line.
 * SAF-T names the tax on the base line only; the line on the VAT account carries nothing that tells (norway.md 6.3).
 * By line index; a line that is not there is no VAT. `left` counts the taxes that no line was found for.
 */
export function findVatLines(
  lines: readonly TaxedLine[],
  isVatAccount: (account: string) => boolean,
  habits: AccountHabits,
): { parts: Map<number, VatPart[]>; left: Due[] } {
  const parts = new Map<number, VatPart[]>()
  let due: Due[] = []
  lines.forEach((line, i) => {
    if (line.tax && !isOwnTax(line, isVatAccount)) due.push(...duesOf(line.tax, i))
  })
  const open: number[] = []
  lines.forEach((line, i) => {
    if (line.tax ? isOwnTax(line, isVatAccount) : isVatAccount(line.account)) open.push(i)
  })
  if (due.length === 0 && open.every((i) => !lines[i]!.tax)) return { parts, left: [] }

  const take = (i: number, taken: readonly Due[]) => {
    parts.set(i, partsOf(lines[i]!.amount, taken))
    if (taken.length === 1) habits.set(lines[i]!.account, taken[0]!.key)
    due = due.filter((d) => !taken.includes(d))
    open.splice(open.indexOf(i), 1)
  }
  for (const i of [...open]) if (lines[i]!.tax) takeOwn(i, lines[i] as TaxedLine & { tax: LineTax }, due, take)
  const tryEach = (match: typeof single) => {
    for (const i of [...open]) {
      const found = match(lines[i]!, due, habits)
      if (found) take(i, found)
    }
  }
  for (const exact of [single, summed, several]) tryEach(exact)
  takeTogether(lines, open, due, habits, take)
  tryEach(rounded)
  takeCosts(lines, due, parts, (taken) => {
    due = due.filter((d) => d !== taken)
  })
  return { parts, left: due }
}

/** A line on a VAT account that names its own tax: some systems repeat the code there. */
const isOwnTax = (line: TaxedLine, isVatAccount: (account: string) => boolean): boolean =>
  isVatAccount(line.account) && Math.abs(line.amount) === Math.abs(line.tax?.amount ?? Number.NaN) && line.amount !== 0

function duesOf({ code, rate, amount }: LineTax, of: number): Due[] {
  if (amount === 0 || code.direction === 'none') return []
  const one = (side: VatSide, signed: number): Due => ({
    amount: signed,
    code,
    rate,
    side,
    of,
    key: `${code.code} ${side}`,
  })
  if (code.direction !== 'reverse') return [one(code.direction, amount)]
  return [one(code.deductible ? 'input' : 'cost', amount), one('output', -amount)]
}

function takeOwn(
  i: number,
  { amount, tax }: TaxedLine & { tax: LineTax },
  due: readonly Due[],
  take: (i: number, taken: readonly Due[]) => void,
) {
  const known = due.find((d) => d.code === tax.code && d.amount === amount)
  if (known) return take(i, [known])
  const { code, rate } = tax
  const side =
    code.direction === 'reverse' ? (amount > 0 ? 'input' : 'output') : code.direction === 'input' ? 'input' : 'output'
  if (code.direction !== 'none') take(i, [{ amount, code, rate, side, of: i, key: `${code.code} ${side}` }])
}

const usual = (line: TaxedLine, habits: AccountHabits) => (d: Due) => habits.get(line.account) === d.key

function single(line: TaxedLine, due: readonly Due[], habits: AccountHabits): Due[] | undefined {
  const equal = due.filter((d) => d.amount === line.amount)
  const found = equal.find(usual(line, habits)) ?? equal[0]
  return found && [found]
}

function groupsOf(due: readonly Due[]): Due[][] {
  const groups = new Map<string, Due[]>()
  for (const d of due) groups.set(d.key, [...(groups.get(d.key) ?? []), d])
  return [...groups.values()]
}

const sumOf = (due: readonly Due[]): number => due.reduce((total, d) => total + d.amount, 0)

function summed(line: TaxedLine, due: readonly Due[], habits: AccountHabits): Due[] | undefined {
  const equal = groupsOf(due).filter((group) => sumOf(group) === line.amount)
  return equal.find((group) => usual(line, habits)(group[0]!)) ?? equal[0]
}

/** Several codes on one account: the smallest choice of codes that makes the amount. */
function several(line: TaxedLine, due: readonly Due[]): Due[] | undefined {
  const groups = groupsOf(due)
  if (groups.length > 8) return sumOf(due) === line.amount ? [...due] : undefined
  let best: Due[][] | undefined
  for (let choice = 1; choice < 1 << groups.length; choice++) {
    const chosen = groups.filter((_, i) => choice & (1 << i))
    if ((!best || chosen.length < best.length) && sumOf(chosen.flat()) === line.amount) best = chosen
  }
  return best?.flat()
}

/** The one code that the account usually holds, or the only one left, where only rounding differs. */
function rounded(line: TaxedLine, due: readonly Due[], habits: AccountHabits): Due[] | undefined {
  const close = groupsOf(due).filter(
    (group) => Math.abs(sumOf(group) - line.amount) <= ROUNDING && sumOf(group) > 0 === line.amount > 0,
  )
  return close.find((group) => usual(line, habits)(group[0]!)) ?? (close.length === 1 ? close[0] : undefined)
}

/** VAT of one code spread over several lines of the account that usually holds it. */
function takeTogether(
  lines: readonly TaxedLine[],
  open: number[],
  due: readonly Due[],
  habits: AccountHabits,
  take: (i: number, taken: readonly Due[]) => void,
) {
  for (const group of groupsOf(due)) {
    const own = open.filter((i) => habits.get(lines[i]!.account) === group[0]!.key)
    const all = own.length > 0 ? own : open
    if (all.length < 2 || all.reduce((total, i) => total + lines[i]!.amount, 0) !== sumOf(group)) continue
    for (const i of [...all]) take(i, group)
  }
}

/** VAT that cannot be deducted stands on the cost account itself. */
function takeCosts(
  lines: readonly TaxedLine[],
  due: readonly Due[],
  parts: Map<number, VatPart[]>,
  taken: (d: Due) => void,
) {
  for (const d of due.filter(({ side }) => side === 'cost')) {
    const i = lines.findIndex(
      (line, at) => !line.tax && !parts.has(at) && line.amount === d.amount && line.account === lines[d.of]!.account,
    )
    if (i < 0) continue
    parts.set(i, [d])
    taken(d)
  }
}

/** The line parted among the taxes it holds; what rounding left falls in the last. One code makes one part. */
function partsOf(amount: number, taken: readonly Due[]): VatPart[] {
  const groups = groupsOf(taken)
  let rest = amount
  return groups.map((group, i) => {
    const { code, rate, side, of } = group[0]!
    const part = i === groups.length - 1 ? rest : sumOf(group)
    rest -= part
    return { amount: part, code, rate, side, of }
  })
}
