import { describe, expect, test } from 'vitest'
import * as en from '#i18n/en/entry.ts'
import * as nb from '#i18n/nb/entry.ts'
import { testApp } from '#tests/support/app.ts'
import { memberOf } from '#tests/support/visitor.ts'
import { ROLES } from '#worker/access/permission.ts'

const app = testApp()
const entryPage = async (role: (typeof ROLES)[number], language = 'nb') => {
  const { id } = await app.company()
  const browser = await memberOf(app, id, role)
  return { id, ...(await browser.get(`/companies/${id}/vouchers/new?language=${language}`)) }
}

describe('the voucher entry page', () => {
  test('gives the grid its company, licence key and rights, and nothing to run inline', async () => {
    const { id, status, html, headers } = await entryPage('accountant')
    expect(status).toBe(200)
    expect(html).toContain(`data-company="${id}"`)
    expect(html).toContain('data-licence-key="non-commercial-and-evaluation"')
    expect(html).toContain('data-soft-lock="yes"')
    expect(html).toMatch(/<link rel="stylesheet" href="[^"]*voucher-grid[^"]*\.css"/)
    expect(html).toMatch(/<script type="module" src="[^"]*voucher-grid[^"]*\.js" nonce=/)
    expect(html).not.toMatch(/\s(on\w+|style)="/)
    expect(headers.get('content-security-policy')).not.toContain('unsafe-eval')
  })
  test('has a label and a help for each field before any script has run', async () => {
    const { html } = await entryPage('administrator', 'en')
    const labels = [...html.matchAll(/<label class="ds-label" for="([\w-]+)">([^<]+)</g)].map(([, id, text]) => [
      id,
      text,
    ])
    expect(labels).toEqual([
      ['entry-type', 'Voucher type'],
      ['entry-voucherDate', 'Voucher date'],
      ['entry-reversalDate', 'Reversed on'],
      ['entry-documentDate', 'Document date'],
      ['entry-text', 'Text'],
      ['entry-reason', 'Reason for posting in a locked period'],
    ])
    for (const [id] of labels) expect(html).toContain(`id="${id}"`)
    expect(html).toContain('<noscript>')
  })
  test('is for those who may post', async () => {
    const opened = await Promise.all(ROLES.map(async (role) => [role, (await entryPage(role)).status] as const))
    expect(opened.filter(([, status]) => status === 200).map(([role]) => role)).toEqual(['administrator', 'accountant'])
    expect(opened.filter(([, status]) => status !== 200).every(([, status]) => status === 403)).toBe(true)
  })
})

describe('the words of voucher entry', () => {
  const places = (text: string) =>
    [...text.matchAll(/\{(\w+)[:}]/g)]
      .map((m) => m[1])
      .sort()
      .join()
  test('are the same in both languages, with the same places to fill', () => {
    expect(Object.keys(en.entry)).toEqual(Object.keys(nb.entry))
    expect(Object.keys(en.meanings)).toEqual(Object.keys(nb.meanings))
    const english = en.entry as Record<string, string>
    expect(Object.entries(nb.entry).filter(([key, text]) => places(text) !== places(english[key]!))).toEqual([])
  })
  test('keep the tone of the house', () => {
    const rude = /vennligst|ugyldig|oops|suksess|!|please/i
    expect([...Object.entries(nb.entry), ...Object.entries(en.entry)].filter(([, text]) => rude.test(text))).toEqual([])
  })
})
