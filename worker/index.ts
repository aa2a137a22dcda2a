import { Hono } from 'hono'
import { docsPage } from '#web/api/docs-page.tsx'
import { identify } from './access/identify.ts'
import { apiDescription } from './api/routes.ts'
import { companies } from './companies/routes.ts'
import type { Env } from './http/env.ts'
import { notFound, onError } from './http/on-error.ts'
import { prepare } from './http/prepare.ts'
import { ledger } from './ledger/routes.ts'

export { LedgerWriter } from './ledger/ledger-writer.ts'

/** The product's table of contents. */
export const app: Hono<Env> = new Hono<Env>()
  .use(prepare)
  .use(identify)
  .route('/', apiDescription(() => app, docsPage))
  .route('/api/v1', companies)
  .route('/api/v1/companies/:company', ledger)

app.onError((error, c) => onError(error, c))
app.notFound((c) => notFound(c))

export default app
