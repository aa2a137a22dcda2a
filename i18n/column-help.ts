import { columnHelp as en } from './en/column-help.ts'
import type { Locale } from './format.ts'
import { columnHelp as nb } from './nb/column-help.ts'

export type HelpedGrid = keyof typeof nb
export const columnHelps: Record<Locale, typeof nb> = { nb, en }

/** What a column of a grid is for. Its field is the grid's own: `dimensions/department` is a dimension, `m3` a month. */
export function columnHelp(locale: Locale, grid: HelpedGrid, field: string): string {
  const name = field.startsWith('dimensions/') ? 'dimension' : /^m\d+$/.test(field) ? 'month' : field
  return (columnHelps[locale][grid] as Record<string, string>)[name] ?? ''
}
