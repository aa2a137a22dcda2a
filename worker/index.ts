import { Hono } from 'hono'
import { identify } from './access/identify.ts'
import { companies } from './companies/routes.ts'
import { notFound, onError } from './http/on-error.ts'
import { prepare } from './http/prepare.ts'
import type { Env } from './http/env.ts'
import { ledger } from './ledger/routes.ts'

export { LedgerWriter } from './ledger/ledger-writer.ts'

/** The product's table of contents. */
export const app = new Hono<Env>()
  .use(prepare)
  .use(identify)
  .route('/api/v1', companies)
  .route('/api/v1/companies/:company', ledger)

app.onError((error, c) => onError(error, c))
app.notFound((c) => notFound(c))

export default app
