import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { memberOf } from '#tests/support/visitor.ts'
import { controlDatabase } from '#worker/database/connect.ts'

const app = testApp()

test('a role in an office is saved by a button: a step of the arrow keys gives nobody a right', async () => {
  const browsers = [await memberOf(app, (await app.company()).id, 'administrator')]
  browsers.push(await memberOf(app, (await app.company()).id, 'reader'))
  const office = (await app.call('/api/v1/offices', { body: { name: 'Tall AS' } })).json.id
  for (const [i, { id }] of browsers.entries())
    await controlDatabase(app.env).execute({
      sql: 'insert into office_member values (?, ?, ?, ?)',
      args: [office, id, i === 0 ? 'administrator' : 'assistant', '2026-01-01'],
    })
  const { html } = await browsers[0]!.get(`/offices/${office}`)
  const forms = html.match(/<form[^>]*\/staff\/[\s\S]*?<\/form>/g) ?? []
  expect(forms.filter((form) => form.includes('name="role"')).length).toBeGreaterThan(0)
  for (const form of forms.filter((f) => f.includes('name="role"'))) {
    expect(form).not.toContain('data-auto')
    expect(form.replace(/<noscript>[\s\S]*?<\/noscript>/g, '')).toContain('type="submit"')
  }
})
