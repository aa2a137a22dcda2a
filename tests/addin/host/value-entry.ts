import { LIMIT, refuse } from './protocol.ts'
import { type Cell, newCell } from './workbook.ts'

const EPOCH_DAYS = 25_569
const serial = (y: number, m: number, d: number): number | undefined => {
  const at = new Date(Date.UTC(y, m - 1, d))
  return at.getUTCMonth() === m - 1 && at.getUTCDate() === d ? at.getTime() / 864e5 + EPOCH_DAYS : undefined
}

/**
 * A value as Office.js writes it: as if typed by an en-US user. The number format '@' keeps text as it is, and null leaves
 * the cell alone. Assumed after the documentation until recorded in real Excel.
 */
export function enteredByApi(before: Cell | undefined, value: unknown): Cell | undefined {
  if (value === null || value === undefined) return before
  if (typeof value === 'object') return refuse('InvalidArgument', 'object among the values')
  const cell: Cell = { ...(before ?? newCell()), formula: undefined, value: value as string | number | boolean }
  if (typeof value === 'number' && !Number.isFinite(value)) return refuse('InvalidArgument', 'not a finite number')
  if (typeof value !== 'string') return cell
  if (value.length > LIMIT.text) return refuse('InvalidArgument', 'text over 32,767 characters')
  if (cell.format === '@') return cell
  return interpreted(cell, value, 'en')
}

/** A text as a person types it, in Excel's own language. */
export function typedByPerson(before: Cell | undefined, text: string | number | boolean, language: 'nb' | 'en'): Cell {
  const cell: Cell = { ...(before ?? newCell()), formula: undefined, spillOf: undefined, value: text }
  if (typeof text !== 'string') return cell.format === '@' ? { ...cell, value: String(text) } : cell
  return cell.format === '@' ? cell : interpreted(cell, text, language)
}

function interpreted(cell: Cell, text: string, language: 'nb' | 'en'): Cell {
  if (text.startsWith("'")) return { ...cell, value: text.slice(1) }
  if (text.startsWith('=')) return { ...cell, formula: text, value: 0 }
  if (/^[+\-@].*[A-Za-z(]/.test(text)) return { ...cell, formula: `=${text.replace(/^[+@]/, '')}`, value: 0 }
  if (/^(true|false)$/i.test(text)) return { ...cell, value: /^true$/i.test(text) }
  const number = numberOf(text, language)
  if (number !== undefined) return { ...cell, value: number }
  const day = dayOf(text, language)
  if (day === undefined) return cell
  return {
    ...cell,
    value: day,
    format: cell.format === 'General' ? (language === 'nb' ? 'dd.mm.yyyy' : 'yyyy-mm-dd') : cell.format,
  }
}

function numberOf(text: string, language: 'nb' | 'en'): number | undefined {
  const trimmed = text.trim()
  if (/^\d+(\.\d+)?e[+-]?\d{1,2}$/i.test(trimmed)) return Number(trimmed)
  const inBrackets = /^\(([^()]+)\)$/.exec(trimmed)
  const percent = /^(.+)%$/.exec(trimmed)
  const plain = inBrackets?.[1] ?? percent?.[1]?.trim() ?? trimmed
  const [group, point] = language === 'nb' ? ['[ \u00a0]', ','] : [',', '\\.']
  const shape = new RegExp(`^[-+]?(\\d{1,3}(${group}\\d{3})+|\\d+)(${point}\\d+)?$`)
  if (!shape.test(plain)) return undefined
  const number = Number(plain.replace(new RegExp(group, 'g'), '').replace(language === 'nb' ? ',' : '.', '.'))
  return inBrackets ? -number : percent ? number / 100 : number
}

function dayOf(text: string, language: 'nb' | 'en'): number | undefined {
  const iso = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(text)
  if (iso) return serial(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const parts = (language === 'nb' ? /^(\d\d?)[./](\d\d?)[./](\d{4})$/ : /^(\d\d?)\/(\d\d?)\/(\d{4})$/).exec(text)
  if (!parts) return undefined
  const [a, b, y] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  return language === 'nb' ? serial(y, b, a) : serial(y, a, b)
}
