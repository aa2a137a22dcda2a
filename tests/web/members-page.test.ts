import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { confirmed } from '#tests/support/approve.ts'
import { atTime } from '#tests/support/clock.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'

const app = testApp()

test('an invitation has one last day, the Norwegian one, and begins with the role that changes nothing', () =>
  atTime('2026-11-22T23:30:00Z', async () => {
    const { id } = await app.company()
    const browser = await memberOf(app, id, 'administrator', 'Ane Admin')
    const path = `/companies/${id}/members`
    const before = (await browser.get(path)).html
    expect(before).toMatch(/<option value="reader"[^>]* selected/)
    expect(textOf(before)).toContain('ser regnskapet, legger inn dokumenter og kommenterer')
    const wanted = { name: 'Nora', email: 'nora@lofthus.example', role: 'reader', language: 'nb', days: '7' }
    const sent = await confirmed(app, browser, path, wanted)
    const days = textOf(sent.html).match(/(29|30)\.11\.2026/g)
    expect(days).toEqual(['30.11.2026', '30.11.2026'])
  }))
