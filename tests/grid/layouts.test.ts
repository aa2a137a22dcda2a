import { expect, test } from 'vitest'
import { arranged, arrangementOf, Layouts } from '#web/islands/voucher/layouts.ts'
import type { LayoutDefinition } from '#worker/screens/screen-layout.ts'

test('columns go with a person from company to company, without what they fill in', () => {
  const settings: Record<string, Record<string, string>> = {}
  const layoutsOf: Record<string, any[]> = {}
  const enter = (company: string) => {
    const base = `/api/v1/companies/${company}`
    const fetch = async (path: string, init: RequestInit = {}) => {
      const body = JSON.parse(String(init.body))
      if (path.startsWith('/api/v1/me/settings/')) settings[path.split('/').at(-1)!] = body.value
      else layoutsOf[company] = [{ id: path.split('/').at(-1), owner: 'usr_a', version: 1, ...body }]
      return Response.json(body)
    }
    const port = { line: { base, fetch } as never, user: 'usr_a', ownName: 'Min', changed: () => {}, failed: () => {} }
    const kept = {
      layouts: layoutsOf[company] ?? [],
      office: null,
      byType: settings[`voucher-entry.${company}`] ?? {},
      before: {},
      columns: settings['voucher-columns'] ?? {},
    }
    const layouts = new Layouts(port, kept)
    layouts.useType('IF')
    return layouts
  }
  const own: LayoutDefinition = {
    columns: [
      { field: 'account', width: 90 },
      { field: 'dimensions/department', fill: '10' },
      { field: 'dueDate', hidden: true },
    ],
    frozen: 1,
  }
  expect(enter('cmp_a').definition).toBeUndefined()
  enter('cmp_a').saveAs('Innkjøp', 'oneself', own)
  expect(enter('cmp_a').definition).toEqual(own)
  const [account, , dueDate] = own.columns
  expect(enter('cmp_b').definition).toEqual({
    columns: [account, { field: 'dimensions/department' }, dueDate],
    frozen: 1,
  })
  // Back to the product's columns in B: they stand so there, and A keeps its own.
  enter('cmp_b').choose('')
  expect(enter('cmp_b').definition).toBeUndefined()
  expect(enter('cmp_a').definition).toEqual(own)
  expect(enter('cmp_c').definition).toEqual(arranged(arrangementOf(own)))
  // For all clients of the office: without what is filled in of one's own departments.
  enter('cmp_f').saveAs('Kontorets', 'office', { columns: [{ field: 'vatCode', fill: '1' }, ...own.columns] })
  expect(layoutsOf.cmp_f![0]).toMatchObject({
    shared: true,
    office: true,
    definition: { columns: [{ field: 'vatCode', fill: '1' }, account, { field: 'dimensions/department' }, dueDate] },
  })
  // Two windows that were opened before either chose.
  const [a, b] = [enter('cmp_d'), enter('cmp_e')]
  a.saveAs('Salg', 'oneself', own)
  b.choose('')
  expect(enter('cmp_d').definition).toEqual(own)
})
