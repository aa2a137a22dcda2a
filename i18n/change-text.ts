import type { Origin } from '#worker/events/origin.ts'
import { officeRoleWord, rightWord, roleWord } from './approval-text.ts'
import * as alertsEn from './en/alerts.ts'
import * as en from './en/change-fields.ts'
import { whole as counted, day, fill, kroner, type Locale, moment, month } from './format.ts'
import { matchText } from './match-text.ts'
import * as alertsNb from './nb/alerts.ts'
import * as nb from './nb/change-fields.ts'
import { shell as shellNb } from './nb/shell.ts'
import { fieldName } from './sheet-import-text.ts'

/** Characters of one value that a page shows; the export has all of them. */
const LENGTH = 60

type Changes = Readonly<Record<string, readonly [unknown, unknown]>>
/** Fields whose figures are øre. */
const MONEY = new Set(['amount', 'matchDifferenceLimit', 'vatAmountLimit', 'result'])
/** An amount of a budget: its account, its dimensions' values, and the month. */
const BUDGET_CELL = /^(\S+)((?: \S+)*) (\d{4}-\d\d|spread|comment)$/

/** All that an event changed, a line for each: the fields, or of a match what was set against what, and why. */
export function changeTexts(
  { type, changes }: { type: string; changes: Changes | null },
  locale: Locale,
  nameOf: (id: string) => string,
): string[] {
  const fields = Object.entries(changes ?? {}).filter(([, values]) => values.some((value) => (value ?? '') !== ''))
  if (type !== 'match.created' && type !== 'match.removed')
    return fields.map(([field, change]) => changeText(field, change, locale, nameOf))
  const items = fields.flatMap(([field, [before, after]]) =>
    field.startsWith('itm_') ? [{ name: nameOf(field), amount: Number(before) + Number(after) }] : [],
  )
  const side = (sign: number) => items.filter(({ amount }) => Math.sign(amount) === sign)
  const namesOf = (some: typeof items) => some.map(({ name }) => name).join(', ')
  const amount = kroner(
    side(1).reduce((sum, item) => sum + item.amount, 0),
    locale,
  )
  const text = fill(
    (locale === 'nb' ? nb : en).matched,
    { of: namesOf(side(1)), by: namesOf(side(-1)), amount },
    locale,
  )
  const { rule, reason } = changes ?? {}
  const why = reason?.[1] === undefined ? null : String(reason[1])
  if (!rule) return why === null ? [text] : [text, changeText('reason', reason!, locale, nameOf)]
  return [text, matchText({ rule: rule[1] as Parameters<typeof matchText>[0]['rule'], reason: why }, locale)]
}

/** A changed field of a log, in words: `Rolle: godkjenner → regnskapsfører`, `September 2026: åpen → låst for alle`. */
export function changeText(
  field: string,
  [before, after]: readonly [unknown, unknown],
  locale: Locale,
  nameOf: (id: string) => string,
): string {
  const name = nameOfField(field, locale)
  const word = (value: unknown) => valueText(field, value, locale, nameOf)
  const values =
    before === null ? word(after) : after === null ? `${word(before)} → –` : `${word(before)} → ${word(after)}`
  return `${name}: ${values}`
}

function nameOfField(field: string, locale: Locale): string {
  const words: Readonly<Record<string, string>> = (locale === 'nb' ? nb : en).changeFields
  if (/^\d{4}-\d\d$/.test(field)) return month(field, locale)
  const [, account, dimensions, place] = BUDGET_CELL.exec(field) ?? []
  if (place) return `${account}${dimensions} ${words[place] ?? month(place, locale)}`
  return words[field] ?? fieldName(field, locale)
}

function valueText(field: string, value: unknown, locale: Locale, nameOf: (id: string) => string): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return '–'
  if (Array.isArray(value)) return value.map((one) => valueText(field, one, locale, nameOf)).join(', ')
  if (typeof value === 'number')
    return MONEY.has(field) || BUDGET_CELL.test(field) ? kroner(value, locale) : numberText(field, value, locale)
  if (typeof value === 'object')
    return cut(
      Object.entries(value)
        .map(([of, one]) => `${nameOfField(of, locale)} ${valueText(of, one, locale, nameOf)}`)
        .join(', '),
    )
  const whole = String(value)
  const text = field === 'permissions' ? whole : cut(isId(whole) ? nameOf(whole) : whole)
  if (field === 'role') {
    const name = nameOf(text)
    if (name !== text) return name
    return isRole(text) ? roleWord(text, null, locale) : officeRoleWord(text, locale)
  }
  if (field === 'permissions')
    return text
      .split(' ')
      .map((one) => rightWord(one, locale))
      .join(', ')
  if (field === 'scopes') return rightWord(text, locale)
  if (field === 'what')
    return ((locale === 'nb' ? alertsNb : alertsEn).alerts.exports as Record<string, string>)[text] ?? text
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return moment(text)
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return day(text)
  return ((locale === 'nb' ? nb : en).changeValues as Record<string, string>)[text] ?? text
}

const cut = (text: string): string => (text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text)

/** A year and a place in a list are not counted in thousands. */
const numberText = (field: string, n: number, locale: Locale): string =>
  n < 0 ? `−${numberText(field, -n, locale)}` : /year/i.test(field) || n < 10_000 ? String(n) : counted(n, locale)

/** Whether it is a role in a company; an office has others beside those of the same name. */
const isRole = (text: string): boolean => text in shellNb.roles

/** What an event is about: `customer 10802` is `kunde 10802`; a name stands as it is. */
export const subjectText = (subject: string, locale: Locale): string =>
  subject.replace(/^(customer|supplier)\b/, (kind) => (locale === 'nb' ? nb : en).changeValues[kind as 'customer'])

/** An id nobody knows by heart: what happened and its change say enough. */
export const isId = (text: string): boolean => /^[a-z]{3}_[0-9a-z]{26,}$/.test(text)

/** Where something came from: `Oslo · Edge · Excel Bilag`. */
export const originText = ({ place, network, device, workbook, sheet }: Origin): string =>
  [place ?? network, device, workbook && `Excel ${sheet ?? ''}`.trim()].filter(Boolean).join(' · ')
