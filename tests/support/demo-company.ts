import { firstRun } from '#worker/companies/first-run.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import type { testApp } from './app.ts'

/** Makes the demo company as of 21 November 2026 in an app that has no company yet, and gives the address of its API. */
export async function demoCompany(app: ReturnType<typeof testApp>): Promise<string> {
  await app.call('/api/v1/companies') // the control database is there once a call is answered
  const { company } = await firstRun({
    env: app.env,
    control: controlDatabase(app.env),
    principal: { kind: 'operator', id: 'operator', name: 'operator' },
    today: '2026-11-21' as IsoDate,
  })
  return `/api/v1/companies/${company}`
}
