import type { CliTexts } from '#i18n/cli-texts.ts'
import type { Locale } from '#i18n/format.ts'
import type { Client } from './client.ts'

export type Values = Record<string, string | boolean | undefined>

/** What a command is given: its words after the name, its options, and who to ask. */
export type Call = {
  words: readonly string[]
  values: Values
  client: Client
  texts: CliTexts
  locale: Locale
}

/** What a command came to: `json` for scripts, `lines` for people. `failed` makes it end with 1. */
export type Result = { json: unknown; lines: readonly string[]; failed?: boolean }

export type Command = {
  /** As typed: `report trial-balance`. */
  name: keyof CliTexts['about']
  /** What follows the name, for the usage line. */
  usage: string
  /** Names of what must follow. */
  words: readonly string[]
  options: Record<string, { type: 'string' | 'boolean' }>
  run: (call: Call) => Promise<Result>
}

/** Stops a command before anything is sent; the message says what to do. */
export class UsageError extends Error {}

/** The value of an option that must be there. */
export function required(call: Call, name: string): string {
  const value = call.values[name]
  if (typeof value !== 'string' || value === '') throw new UsageError(call.texts.missing.replace('{name}', `--${name}`))
  return value
}

export const optional = (call: Call, name: string): string | undefined => {
  const value = call.values[name]
  return typeof value === 'string' ? value : undefined
}

/** The words to fill a text with. */
export const filled = (text: string, params: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
