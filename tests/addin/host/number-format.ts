import { refuse } from './protocol.ts'

/** Formats are given in en-US notation in every language. One that only a Norwegian Excel would show is a mistake of ours. */
export function typedNumberFormat(format: unknown): string {
  if (typeof format !== 'string') return refuse('InvalidArgument', 'number format')
  if (/^(Standard|dd\.mm\.åååå|# ##0,00)$/.test(format)) return refuse('InvalidArgument', `local notation ${format}`)
  return format
}
