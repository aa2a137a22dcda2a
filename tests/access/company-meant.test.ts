import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const { company } = testApp()

test('what was meant for another company is refused, whoever tells it; what is read is not', async () => {
  const [here, other] = await Promise.all([company(), company()])
  const workbook = `wbk_${'0'.repeat(26)}/Bilag%202`
  const told = (id: string): Record<string, string>[] => [
    { 'x-company': id },
    { 'x-workbook': `${workbook}/${id}` },
    { 'x-workbook': `${workbook}/${id}/9f86d081884c7d65` },
    { referer: `http://localhost/companies/${id}/vouchers/new?draft=1` },
  ]
  const post = (headers: Record<string, string>) => here.call('/vouchers', { body: simpleDraft(), headers })
  for (const headers of told(other.id)) {
    const { status, json } = await post(headers)
    expect([headers, status, json.code]).toEqual([headers, 409, 'company/mismatch'])
    expect((await here.call('/vouchers', { headers })).status).toBe(200)
  }
  for (const headers of [...told(here.id), { 'x-workbook': workbook }, { referer: 'http://localhost/help' }, {}])
    expect([headers, (await post(headers)).status]).toEqual([headers, 201])
  const { entries } = (await here.call('/audit-log/entries')).json
  expect(entries.map((entry: any) => entry.origin.sheet)).toEqual([
    undefined,
    undefined,
    'Bilag 2',
    undefined,
    'Bilag 2',
    'Bilag 2',
    undefined,
  ])
})
