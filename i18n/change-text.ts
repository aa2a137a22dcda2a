import type { Origin } from '#worker/events/origin.ts'
import { officeRoleWord, rightWord, roleWord } from './approval-text.ts'
import * as alertsEn from './en/alerts.ts'
import * as en from './en/change-fields.ts'
import { type Locale, moment, month } from './format.ts'
import * as alertsNb from './nb/alerts.ts'
import * as nb from './nb/change-fields.ts'
import { shell as shellNb } from './nb/shell.ts'
import { fieldName } from './sheet-import-text.ts'

/** Characters of one value that a page shows; the export has all of them. */
const LENGTH = 60

/** A changed field of a log, in words: `Rolle: godkjenner → regnskapsfører`, `September 2026: åpen → låst for alle`. */
export function changeText(
  field: string,
  [before, after]: readonly [unknown, unknown],
  locale: Locale,
  nameOf: (id: string) => string,
): string {
  const fields: Readonly<Record<string, string>> = (locale === 'nb' ? nb : en).changeFields
  const name = /^\d{4}-\d\d$/.test(field) ? month(field, locale) : (fields[field] ?? fieldName(field, locale))
  const word = (value: unknown) => valueText(field, value, locale, nameOf)
  const values =
    before === null ? word(after) : after === null ? `${word(before)} → –` : `${word(before)} → ${word(after)}`
  return `${name}: ${values}`
}

function valueText(field: string, value: unknown, locale: Locale, nameOf: (id: string) => string): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return '–'
  if (Array.isArray(value)) return value.map((one) => valueText(field, one, locale, nameOf)).join(', ')
  const whole = typeof value === 'string' ? value : JSON.stringify(value)
  const text = whole.length > LENGTH && field !== 'permissions' ? `${whole.slice(0, LENGTH)}…` : whole
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
  return ((locale === 'nb' ? nb : en).changeValues as Record<string, string>)[text] ?? text
}

/** Whether it is a role in a company; an office has others beside those of the same name. */
const isRole = (text: string): boolean => text in shellNb.roles

/** What an event is about: `customer 10802` is `kunde 10802`; a name stands as it is. */
export const subjectText = (subject: string, locale: Locale): string =>
  subject.replace(/^(customer|supplier)\b/, (kind) => (locale === 'nb' ? nb : en).changeValues[kind as 'customer'])

/** An id nobody knows by heart: what happened and its change say enough. */
export const isId = (text: string): boolean => /^[a-z]{3}_[0-9a-z]{26}$/.test(text)

/** Where something came from: `Oslo · Edge · Excel Bilag`. */
export const originText = ({ place, network, device, workbook, sheet }: Origin): string =>
  [place ?? network, device, workbook && `Excel ${sheet ?? ''}`.trim()].filter(Boolean).join(' · ')
