import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'

const app = testApp()

test('the demo company holds every invariant', async () => {
  await app.call('/api/v1/instance/first-run', { method: 'POST' })
  const { json } = await app.call('/api/v1/companies')
  const began = performance.now()
  const found = await app.call(`/api/v1/companies/${json.companies[0].id}/verify?full`)
  console.log(performance.now() - began)
  console.log(found.status, JSON.stringify(found.json, null, 1).slice(0, 9000))
})
