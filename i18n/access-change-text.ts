import { officeRoleWord, rightWord, roleWord } from './approval-text.ts'
import { accessFields as en } from './en/access-fields.ts'
import * as alertsEn from './en/alerts.ts'
import { type Locale, moment } from './format.ts'
import { accessFields as nb } from './nb/access-fields.ts'
import * as alertsNb from './nb/alerts.ts'
import { shell as shellNb } from './nb/shell.ts'

/** A changed field of the log of access, in words: `Rolle: godkjenner → regnskapsfører`. */
export function accessChangeText(
  field: string,
  [before, after]: readonly [unknown, unknown],
  locale: Locale,
  nameOf: (id: string) => string,
): string {
  const fields: Readonly<Record<string, string>> = locale === 'nb' ? nb : en
  const word = (value: unknown) => valueText(field, value, locale, nameOf)
  const values =
    before === null ? word(after) : after === null ? `${word(before)} → –` : `${word(before)} → ${word(after)}`
  return `${fields[field] ?? field}: ${values}`
}

function valueText(field: string, value: unknown, locale: Locale, nameOf: (id: string) => string): string {
  if (Array.isArray(value)) return value.map((one) => valueText(field, one, locale, nameOf)).join(', ')
  if (value === null || value === undefined) return '–'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
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
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? moment(text) : text
}

/** Whether it is a role in a company; an office has others beside those of the same name. */
const isRole = (text: string): boolean => text in shellNb.roles
