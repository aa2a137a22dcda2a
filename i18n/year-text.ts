import { years as en } from './en/years.ts'
import { years as nb } from './nb/years.ts'

/** What closing a year writes into the books, by language. */
export const yearWords = { nb: nb.booked, en: en.booked }
