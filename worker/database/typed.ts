import type { Client } from '@libsql/client/web'
import { drizzle } from 'drizzle-orm/libsql/web'
import type { Database } from './connect.ts'

/**
 * Typed queries on a database, for reads that gain nothing by hand-written SQL. Drizzle asks of a client only what `Database`
 * has. Its error messages hold statement and parameters: they are never shown or logged.
 */
export const typed = (db: Database) => drizzle(db as Client)
