import { expect, test } from 'vitest'
import { DEMO_COMPANY, demoDepartments, demoParties } from '#db/seed/demo-company.ts'
import { draftsOf } from '#db/seed/everyday/case.ts'
import { everydayCases } from '#db/seed/everyday-cases.ts'
import { everyday as en } from '#i18n/en/everyday.ts'
import { kroner } from '#i18n/format.ts'
import { everyday as nb } from '#i18n/nb/everyday.ts'
import { testApp, voucherId } from '#tests/support/app.ts'
import { insertFirstDimensionValues, insertFirstParties } from '#worker/companies/store.ts'

/** The entries as an accountant reads them. */
const table = (entries: readonly { account: string; party: string | null; amount: number; vatCode: string | null }[]) =>
  entries
    .map(
      ({ account, party, amount, vatCode }) =>
        `${account}${party ? `:${party}` : ''}`.padEnd(12) +
        (vatCode ?? '').padEnd(4) +
        kroner(amount, 'nb').padStart(14),
    )
    .join('\n')
    .replace(/[\u00a0\u202f]/g, ' ')

test('each everyday case posts without a fault or a warning, and gives its golden entries', async () => {
  const app = testApp()
  const company = await app.company({ ...DEMO_COMPANY, fromYear: 2025, toYear: 2025 })
  await company.db.batch(
    [
      insertFirstDimensionValues(demoDepartments.map(([code, name]) => ['department', code, name] as const)),
      insertFirstParties(demoParties, '2025-01-01T00:00:00.000Z'),
    ],
    'write',
  )
  const shown: string[] = []
  for (const one of everydayCases)
    for (const draft of draftsOf(one, 2025)) {
      const posted = await company.call('/vouchers', { body: { id: voucherId(), ...draft } })
      expect([one.key, posted.status, posted.json.issues]).toEqual([one.key, 201, []])
      const { entries, series } = (await company.call(`/vouchers/${posted.json.id}`)).json
      shown.push(`${one.key}: ${series} ${draft.voucherDate} ${draft.text}\n${table(entries)}`)
    }
  await expect(`${shown.join('\n\n')}\n`).toMatchFileSnapshot('everyday.txt')
})

test('at least forty, each told in both languages', () => {
  expect(everydayCases.length).toBeGreaterThanOrEqual(40)
  const keys = everydayCases.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  for (const words of [nb, en]) expect(Object.keys(words.cases)).toEqual(keys)
})
