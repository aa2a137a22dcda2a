import ledger from './migrations/0001_ledger.sql'
import postedIsFinal from './migrations/0002_posted_is_final.sql'

/** Migrations of a company's database, in order. They only go forward; a text that has been applied is never edited. */
export const companyMigrations = [
  { tag: '0001_ledger', sql: ledger },
  { tag: '0002_posted_is_final', sql: postedIsFinal },
] as const
