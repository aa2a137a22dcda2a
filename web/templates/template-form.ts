import type { Parameter, TemplateContent, TemplateLine } from '#worker/templates/template.ts'
import type { Fields } from '../form.ts'

/** Rows of the form beyond those that are filled. */
export const BLANK_LINES = 3
export const BLANK_PARAMETERS = 1
const ROWS = 60

/** What the fields of the form say, unread: rows without an account, or a name, are not there. */
export function contentIn(fields: Fields, dimensions: readonly string[]): unknown {
  const rows = <T>(of: (i: number) => T | undefined): T[] =>
    Array.from({ length: ROWS }, (_, i) => of(i)).filter((row): row is T & {} => row !== undefined)
  const parameters = rows((i) => {
    const name = fields[`parameter.${i}.name`]
    const usual = fields[`parameter.${i}.default`]
    return name
      ? { name, kind: fields[`parameter.${i}.kind`] ?? 'amount', ...(usual && { default: usual }) }
      : undefined
  })
  const lines = rows((i) => {
    const at = (field: string) => fields[`line.${i}.${field}`]
    const account = at('account')
    const optional = ['vatCode', 'text', 'dueDate', 'script', 'vatMode', 'invoiceNumber'] as const
    const own = Object.fromEntries(dimensions.flatMap((d) => (at(`dimension.${d}`) ? [[d, at(`dimension.${d}`)]] : [])))
    if (!account && !at('amount')) return undefined
    return {
      account: account ?? '',
      amount: at('amount') ?? '',
      ...Object.fromEntries(optional.flatMap((field) => (at(field) ? [[field, at(field)]] : []))),
      ...(Object.keys(own).length > 0 && { dimensions: own }),
    }
  })
  return {
    name: fields.name ?? '',
    ...(fields.type && { type: fields.type }),
    ...(fields.text && { text: fields.text }),
    parameters,
    lines,
  }
}

/** A content as the fields of the form. */
export function fieldsOf(content: TemplateContent): Fields {
  const fields: Record<string, string | undefined> = { name: content.name, type: content.type, text: content.text }
  content.parameters.forEach((p: Parameter, i) => {
    Object.assign(fields, {
      [`parameter.${i}.name`]: p.name,
      [`parameter.${i}.kind`]: p.kind,
      [`parameter.${i}.default`]: p.default,
    })
  })
  content.lines.forEach(({ dimensions, ...line }: TemplateLine, i) => {
    for (const [field, value] of Object.entries(line)) fields[`line.${i}.${field}`] = value
    for (const [key, code] of Object.entries(dimensions ?? {})) fields[`line.${i}.dimension.${key}`] = code
  })
  return fields
}

/** How many rows of a kind are filled. */
export const filledRows = (fields: Fields, kind: 'parameter' | 'line'): number =>
  Object.entries(fields).reduce((most, [name, value]) => {
    const found = value ? /^(\w+)\.(\d+)\./.exec(name) : null
    return found?.[1] === kind && value !== 'amount' ? Math.max(most, Number(found[2]) + 1) : most
  }, 0)

/** Where an issue stands in the form: `#/lines/2/amount` is `line.2.amount`. */
export const fieldAt = (pointer: string): string =>
  pointer
    .replace(/^#\/(content\/)?/, '')
    .replace(/^lines\/(\d+)\/dimensions\//, 'line.$1.dimension.')
    .replace(/^lines\/(\d+)\//, 'line.$1.')
    .replace(/^parameters\/(\d+)\//, 'parameter.$1.')
