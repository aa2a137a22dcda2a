import { describe, expect, test } from 'vitest'
import { messySheets } from '#tests/fixtures/sheets/messy-sheets.ts'
import { testApp } from '#tests/support/app.ts'

const app = testApp()
let desk: ReturnType<typeof app.company> | undefined
const company = () => {
  desk ??= app.company().then(async (made) => {
    for (const [kind, number] of [
      ['customer', '10001'],
      ['customer', '10002'],
      ['supplier', '20001'],
    ] as const)
      await made.call('/parties', { body: { kind, number, name: `Part ${number}` } })
    return made
  })
  return desk
}

describe('sheets as people leave them', () => {
  test('there are at least 25, each called by what is wrong with it', () => {
    expect(messySheets.length).toBeGreaterThanOrEqual(25)
    expect(new Set(messySheets.map((m) => m.name)).size).toBe(messySheets.length)
  })

  test.for(messySheets.map((m) => [m.name, m] as const))(
    '%s',
    async ([, { register, options = {}, content, want }]) => {
      const { call } = await company()
      const query = new URLSearchParams({ register, ...options })
      const sent = await call(`/imports/sheets?${query}`, {
        raw: content as BodyInit,
        headers: { 'x-file-name': 'liste' },
      })
      if ('refused' in want) {
        expect([sent.status >= 400, sent.json.code]).toEqual([true, want.refused])
        return
      }
      expect(sent.status, sent.text).toBe(201)
      const { json } = await call(`/imports/sheets/${sent.json.id}/dry-run`, { method: 'POST' })
      const refused = json.rows.filter((r: any) => r.status === 'refused')
      const why = refused.map((r: any) => `${r.row}: ${r.issues.map((i: any) => i.message)}`)
      expect({ new: json.counts.new, refused: refused.map((r: any) => r.row) }, String(why)).toEqual({
        new: want.new,
        refused: want.refusedRows ?? [],
      })
      if (want.passedOver) expect(json.passedOver.map((p: any) => p.at)).toEqual(want.passedOver)
      if (want.sum !== undefined) expect(json.sum).toBe(want.sum)
      if (want.first) expect(json.rows[0].subject).toBe(want.first)
      const told = json.told.map((t: any) => t.key)
      expect(told).toEqual(expect.arrayContaining(want.told ?? []))
      expect(json.questions.map((q: any) => q.of)).toEqual(want.asks ?? [])
      expect(json.clean).toBe(refused.length === 0 && !want.asks)
      // Each sentence is one, in words.
      for (const { key, message } of json.told) expect(message, key).not.toMatch(/^\w+$|\{/)
    },
  )
})
