import { columnHelp as en } from './en/column-help.ts'
import type { Locale } from './format.ts'
import { columnHelp as nb } from './nb/column-help.ts'

export type HelpedGrid = keyof typeof nb
export const columnHelps: Record<Locale, typeof nb> = { nb, en }

/** What a column of a grid is for. Its field is the grid's own: `dimensions/department` is a dimension, `m3` or `2026-03` a month. */
export function columnHelp(locale: Locale, grid: HelpedGrid, field: string): string {
  const name = field.startsWith('dimensions/') ? 'dimension' : /^(m\d+|\d{4}-\d{2})$/.test(field) ? 'month' : field
  return (columnHelps[locale][grid] as Record<string, string>)[name] ?? ''
}
