export type { Locale } from './format.ts'
