import { cli as en } from './en/cli.ts'
import type { Locale } from './format.ts'
import { cli as nb } from './nb/cli.ts'

export type CliTexts = typeof nb
/** Every word of the command line, by language. */
export const cliTexts: Record<Locale, CliTexts> = { nb, en }
