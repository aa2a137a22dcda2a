import { currency as en } from './en/currency.ts'
import { currency as nb } from './nb/currency.ts'

/** What currency work writes into the books, by language. */
export const currencyWords = { nb: nb.booked, en: en.booked }
