import * as z from 'zod/mini'
import { ore } from '#worker/core/money.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import { readScript } from '#worker/ledger/script.ts'
import { count, namesIn, shareOf } from './formula.ts'

const list = { error: (issue: { input?: unknown }) => (issue.input === undefined ? 'field/required' : 'field/invalid') }
/** A name that formulas and texts use: letters, digits and _, beginning with a letter. */
const Name = FilledText(30).check(z.regex(/^[\p{L}_][\p{L}\p{N}_]*$/u, 'field/invalid'))

/** What one is asked for when a template is used. An amount's default is a formula, a date's `+14` days after the voucher's. */
export const Parameter = z.strictObject({
  name: Name,
  kind: z.enum(['amount', 'date', 'party', 'text'], { error: 'field/invalid' }),
  label: z.optional(Text(60)),
  default: z.optional(FilledText(100)),
})
export type Parameter = z.infer<typeof Parameter>

/**
 * A line to be. `amount` is a formula over the amount parameters, a percentage of one (`70 %`), or `rest`, what makes the
 * voucher balance. `{name}` in account, text and the rest is replaced by the parameter.
 */
export const TemplateLine = z.strictObject({
  account: FilledText(60),
  amount: FilledText(200),
  vatCode: z.optional(Text(3)),
  vatMode: z.optional(z.enum(['gross', 'net', 'none'], { error: 'field/invalid' })),
  dimensions: z.optional(z.record(Text(35), FilledText(35), { error: 'field/invalid' })),
  text: z.optional(Text(255)),
  invoiceNumber: z.optional(FilledText(60)),
  dueDate: z.optional(FilledText(40)),
  script: z.optional(FilledText(500)),
})
export type TemplateLine = z.infer<typeof TemplateLine>

/** What a template holds: a voucher to be, or only the lines that one line unfolds into. */
export const TemplateContent = z.strictObject({
  name: FilledText(100),
  /** Voucher type of the vouchers it makes; none for a key that is only unfolded. */
  type: z.optional(Text(40)),
  text: z.optional(Text(255)),
  parameters: z.array(Parameter, list).check(z.maxLength(20, 'field/invalid')),
  lines: z.array(TemplateLine, list).check(z.minLength(1, 'field/required'), z.maxLength(200, 'field/invalid')),
})
export type TemplateContent = z.infer<typeof TemplateContent>

/** The short code that one types: no spaces, so that it is told apart from a text. */
export const TemplateKey = FilledText(35).check(z.regex(/^[\p{L}\p{N}_.-]+$/u, 'field/invalid'))

/** What makes the voucher balance. */
export const REST = 'rest'
export const isRest = (formula: string): boolean => formula.trim().toLowerCase() === REST

/** A template as kept. `office`: the version of the office's library it came from, and whether it differs from that now. */
export type Template = {
  key: string
  version: number
  active: boolean
  content: TemplateContent
  office: { version: number; differs: boolean } | null
}

/** The first amount that is asked for: what a percentage alone is a percentage of, and what a line's amount fills. */
export const mainAmount = (content: Pick<TemplateContent, 'parameters'>): string | undefined =>
  content.parameters.find((p) => p.kind === 'amount')?.name

/** What is wrong with a template before anybody uses it. */
export function checkTemplate(content: TemplateContent): Issue[] {
  const issues: Issue[] = []
  const names = new Set<string>()
  content.parameters.forEach(({ name }, i) => {
    if (names.has(name) || isRest(name)) issues.push(error('template/name-taken', `#/parameters/${i}/name`, { name }))
    names.add(name)
  })
  const amounts = new Map(content.parameters.filter((p) => p.kind === 'amount').map((p) => [p.name, ore(10_000)]))
  const known = [...amounts.keys()]
  let rests = 0
  content.lines.forEach((line, i) => {
    const pointer = `#/lines/${i}/amount`
    if (isRest(line.amount)) {
      if (++rests > 1) issues.push(error('template/rest-twice', pointer, {}))
    } else {
      const share = shareOf(line.amount)
      const of = share && (share.of ?? mainAmount(content))
      const fault = share
        ? of !== undefined && amounts.has(of)
          ? undefined
          : { reason: 'name' as const, at: 1, found: share.of ?? line.amount }
        : faultOf(line.amount, amounts)
      if (fault) issues.push(error('template/formula', pointer, { ...fault, known }))
    }
    for (const field of ['account', 'text', 'invoiceNumber', 'dueDate'] as const)
      for (const name of placesIn(line[field] ?? ''))
        if (!names.has(name) && !isBuiltIn(name))
          issues.push(error('template/parameter-unknown', `#/lines/${i}/${field}`, { name, known: [...names] }))
    const script = line.script === undefined ? undefined : readScript(line.script)
    if (script?.fault) issues.push(error('script/invalid', `#/lines/${i}/script`, { ...script.fault }))
  })
  for (const name of placesIn(content.text ?? ''))
    if (!names.has(name) && !isBuiltIn(name))
      issues.push(error('template/parameter-unknown', '#/text', { name, known: [...names] }))
  return issues
}

function faultOf(formula: string, amounts: ReadonlyMap<string, ReturnType<typeof ore>>) {
  const counted = count(formula, amounts)
  if (!('fault' in counted)) return undefined
  // A division by nothing depends on the amounts that are given, and is said when it is used.
  return counted.fault.reason === 'zero' && namesIn(formula).length > 0 ? undefined : counted.fault
}

const PLACE = /\{([\p{L}_][\p{L}\p{N}_]*)\}/gu
export const placesIn = (text: string): string[] => [...text.matchAll(PLACE)].map((m) => m[1]!)

/** Places that every voucher fills by itself, in both languages: its day, month and year. */
const BUILT_IN: Readonly<Record<string, 'day' | 'month' | 'year'>> = {
  dato: 'day',
  date: 'day',
  måned: 'month',
  month: 'month',
  år: 'year',
  year: 'year',
}
export const isBuiltIn = (name: string): boolean => Object.hasOwn(BUILT_IN, name.toLowerCase())

/** A text with its places filled; what is not given is left as it stands. */
export const filled = (text: string, values: Readonly<Record<string, string>>, day: string): string =>
  text.replace(PLACE, (place, name: string) => {
    if (Object.hasOwn(values, name)) return values[name]!
    const own = BUILT_IN[name.toLowerCase()]
    const [year, month, date] = day.split('-')
    if (own === 'day') return `${date}.${month}.${year}`
    return own === 'month' ? `${month}.${year}` : own === 'year' ? year! : place
  })
