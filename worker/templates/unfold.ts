import { addDays, type IsoDate, isoDate } from '#worker/core/dates.ts'
import { negate, type Ore, ore } from '#worker/core/money.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import { entriesOf } from '#worker/ledger/entry.ts'
import { type VoucherDraft, type VoucherLine, withDefaults } from '#worker/ledger/voucher-draft.ts'
import { count, partsOf, shareOf } from './formula.ts'
import { filled, isRest, mainAmount, type Parameter, type Template } from './template.ts'

/** What one gave for the parameters, as text or øre; the date of the voucher decides dates and texts. */
export type Given = { voucherDate: IsoDate; values: Readonly<Record<string, string | number | undefined>> }
export type Unfolded = { draft: Omit<VoucherDraft, 'id'>; issues: Issue[] }

/**
 * A template turned into a voucher's lines. Percentages of one amount are split together, so that shares of 100 % are the
 * amount to the øre; `rest` is what makes it balance, VAT included. What is missing or cannot be counted is told at
 * `#/values/{name}` or the line's amount, and the other lines are there all the same.
 */
export function unfold(template: Pick<Template, 'key' | 'version' | 'content'>, given: Given, books: Books): Unfolded {
  const { content, key, version } = template
  const issues: Issue[] = []
  const read = readValues(content.parameters, given, issues)
  const amounts = amountsOf(content, read.amounts, issues)
  const fill = (text: string) => filled(text, read.texts, given.voucherDate)
  const lines = content.lines.map(
    ({ amount: _, dueDate, account, text, invoiceNumber, vatCode, dimensions, ...line }, i): VoucherLine => ({
      ...line,
      rowKey: `r${i + 1}`,
      account: fill(account),
      amount: amounts[i] ?? ore(0),
      ...(vatCode && { vatCode }),
      ...(dimensions && { dimensions }),
      ...(text && { text: fill(text) }),
      ...(invoiceNumber && { invoiceNumber: fill(invoiceNumber) }),
      ...(dueDate && dayOf(fill(dueDate), given.voucherDate)),
    }),
  )
  const draft: Omit<VoucherDraft, 'id'> = {
    type: content.type ?? 'general',
    voucherDate: given.voucherDate,
    ...(content.text && { text: fill(content.text) }),
    template: { key, version },
    lines,
  }
  const rest = content.lines.findIndex((line) => isRest(line.amount))
  if (rest >= 0) lines[rest]!.amount = restOf(draft, rest, books)
  return { draft, issues }
}

/** The lines that a key unfolds one line into: its amount fills the first amount that is asked for. */
export function unfoldLine(
  template: Pick<Template, 'key' | 'version' | 'content'>,
  line: { amount: Ore; voucherDate: IsoDate },
  books: Books,
): Unfolded {
  const name = mainAmount(template.content)
  const values = name === undefined ? {} : { [name]: line.amount }
  return unfold(template, { voucherDate: line.voucherDate, values }, books)
}

type Values = { amounts: Map<string, Ore>; texts: Record<string, string> }

function readValues(parameters: readonly Parameter[], { values, voucherDate }: Given, issues: Issue[]): Values {
  const amounts = new Map<string, Ore>()
  const texts: Record<string, string> = {}
  for (const { name, kind, default: otherwise } of parameters) {
    const value = values[name] ?? (values[name] === '' ? undefined : otherwise)
    const pointer = `#/values/${name}`
    if (value === undefined || value === '') {
      issues.push(error('template/parameter-missing', pointer, { name }))
      continue
    }
    if (kind === 'amount') {
      const counted = typeof value === 'number' ? { amount: ore(value) } : count(value, amounts)
      if ('fault' in counted)
        issues.push(error('template/formula', pointer, { ...counted.fault, known: [...amounts.keys()] }))
      else amounts.set(name, counted.amount)
    } else if (kind === 'date') {
      const day = dayOf(String(value), voucherDate).dueDate
      if (day) texts[name] = day
      else issues.push(error('date/invalid', pointer, {}))
    } else texts[name] = String(value)
  }
  return { amounts, texts }
}

/** `2026-03-31`, or `+14`: so many days after the voucher's. */
function dayOf(text: string, from: IsoDate): { dueDate?: IsoDate } {
  const later = /^\s*\+\s*(\d{1,3})\s*$/.exec(text)
  const day = later ? addDays(from, Number(later[1])) : isoDate(text.trim())
  return day ? { dueDate: day } : {}
}

function amountsOf(
  content: Template['content'],
  amounts: ReadonlyMap<string, Ore>,
  issues: Issue[],
): (Ore | undefined)[] {
  const counted: (Ore | undefined)[] = content.lines.map(() => undefined)
  const groups = new Map<string, { of: string; negative: boolean; lines: { i: number; weight: number }[] }>()
  content.lines.forEach((line, i) => {
    if (isRest(line.amount)) return
    const share = shareOf(line.amount)
    if (share) {
      const of = share.of ?? mainAmount(content) ?? ''
      const key = `${share.negative} ${of}`
      const group = groups.get(key) ?? { of, negative: share.negative, lines: [] }
      group.lines.push({ i, weight: share.weight })
      groups.set(key, group)
      return
    }
    const result = count(line.amount, amounts)
    if ('amount' in result) counted[i] = result.amount
    // A name that was not given has been asked for already.
    else if (result.fault.reason !== 'name')
      issues.push(error('template/formula', `#/lines/${i}/amount`, { ...result.fault, known: [...amounts.keys()] }))
  })
  for (const { of, negative, lines } of groups.values()) {
    const whole = amounts.get(of)
    if (whole === undefined) continue
    const parts = partsOf(
      whole,
      lines.map((l) => l.weight),
    )
    lines.forEach(({ i }, k) => {
      counted[i] = negative ? negate(parts[k]!) : parts[k]!
    })
  }
  return counted
}

/** What the line must be for the entries to sum to 0. Its own VAT, if any, is inside it. */
function restOf(draft: Omit<VoucherDraft, 'id'>, rest: number, books: Books): Ore {
  const others = { id: 'vch_' as const, ...draft, lines: draft.lines.filter((_, i) => i !== rest) }
  return negate(ore(entriesOf(withDefaults(others), books).reduce((total, e) => total + e.amount, 0)))
}
