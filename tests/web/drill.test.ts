import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { memberOf } from '#tests/support/visitor.ts'

const app = testApp()

test('opens a voucher once, under the very entry that was chosen, which closes it again', async () => {
  const company = await app.company()
  const lines = [
    { account: '5000', amount: 50_000 },
    { account: '5400', amount: 7_050 },
    { account: '1920', amount: -57_050 },
  ]
  const { json: posted } = await company.call('/vouchers', { body: simpleDraft({ lines }) })
  const browser = await memberOf(app, company.id, 'administrator')
  const statement = `/companies/${company.id}/reports/income-statement`
  const cost = (await browser.get(statement)).html.matchAll(/href="\?(line=[^"]+)"/g)
  const report = `${statement}?${[...cost].map(([, query]) => query!.replaceAll('&amp;', '&')).find((q) => /payroll/.test(q))}`
  const drilled = (await browser.get(report)).html
  const named = [...drilled.matchAll(/id="(entry-[^"]+)"/g)].map(([, name]) => name!)
  expect([named.length, new Set(named).size]).toEqual([2, 2])
  for (const name of named) {
    const { html } = await browser.get(`${report}&voucher=${name.replace('entry-', '')}`)
    expect(html.match(/class="hb-peek"/g)).toHaveLength(1)
    const row = html.split('<tr').find((part) => part.includes(`id="${name}"`))!
    const link = /<a [^>]*>/.exec(row)![0]
    expect(link).toContain('aria-expanded="true"')
    expect(link).toContain('data-focus')
    expect(html.match(/data-focus/g)).toHaveLength(1)
    // The open entry and Esc both lead back to the entry.
    expect(/href="([^"]*)"/.exec(link)![1]!.replaceAll('&amp;', '&')).toBe(
      `${report.split('income-statement')[1]}#${name}`,
    )
    expect(html).toMatch(new RegExp(`#${name.replace('.', '\\.')}" data-key="Escape"`))
    expect(html.split('hb-peek-row')[0]).toContain(`id="${name}"`)
  }
  const byVoucher = await browser.get(`${report}&voucher=${posted.id}`)
  expect(byVoucher.html.match(/class="hb-peek"/g)).toHaveLength(1)
})
