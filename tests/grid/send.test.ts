import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { sharedRows, withPlaces } from '#web/islands/voucher/draft-cells.ts'
import { keptFrom, keptText } from '#web/islands/voucher/draft-store.ts'
import { newDraft, unsentRows } from '#web/islands/voucher/draft-sync.ts'
import { newKey } from '#web/islands/voucher/entry.ts'
import {
  findVoucher,
  inRequests,
  type Line,
  postVoucher,
  postVouchers,
  RETRY_SECONDS,
  tryVouchers,
} from '#web/islands/voucher/send.ts'
import { BLANK, type Desk, withRoom } from '#worker/sheets/sheet.ts'

const { company } = testApp()

/** The page's line to the real app. `drop` decides which answers are lost on the way back, by their turn. */
function lineTo(c: Awaited<ReturnType<typeof company>>, drop: (turn: number) => boolean = () => false) {
  let turn = 0
  const waited: number[] = []
  const line: Line = {
    base: '',
    locale: 'nb',
    wait: async (ms) => void waited.push(ms),
    fetch: async (path, init) => {
      const sent = {
        method: init?.method,
        ...(init?.body && { raw: String(init.body), headers: { 'content-type': 'application/json' } }),
      }
      const answer = await c.call(String(path), sent as never)
      if (drop(turn++)) throw new TypeError('network')
      return new Response(answer.text, { status: answer.status })
    },
  }
  return { line, waited, count: async () => (await c.call('/vouchers')).json.vouchers.length as number }
}

describe('a lost reply', () => {
  test('is answered by posting the same voucher again, and there is one', async () => {
    const { line, waited, count } = lineTo(await company(), (turn) => turn < 2)
    const heard: number[] = []
    const sent = await postVoucher(line, simpleDraft(), (seconds) => heard.push(seconds))
    expect(sent).toMatchObject({ kind: 'done', answer: { number: 1, replayed: true } })
    expect([heard, waited]).toEqual([
      [1, 2],
      [1000, 2000],
    ])
    expect(await count()).toBe(1)
  })
  test('without end is told as lost, and the voucher can still be found', async () => {
    const c = await company()
    const { line } = lineTo(c, () => true)
    const draft = simpleDraft()
    const heard: number[] = []
    expect(await postVoucher(line, draft, (seconds) => heard.push(seconds))).toEqual({ kind: 'lost' })
    expect(heard).toEqual([...RETRY_SECONDS])
    const back = lineTo(c)
    expect(await findVoucher(back.line, draft.id)).toMatchObject({ kind: 'done', answer: { number: 1 } })
    expect(await findVoucher(back.line, simpleDraft().id)).toEqual({ kind: 'done', answer: undefined })
    expect(await back.count()).toBe(1)
  })
  test('of a batch never doubles a voucher', async () => {
    const { line, count } = lineTo(await company(), (turn) => turn === 0)
    const drafts = [simpleDraft(), simpleDraft({ lines: [{ account: '6801', amount: 1 }] }), simpleDraft()]
    const sent = await postVouchers(line, drafts, () => {})
    expect(sent.kind === 'done' && sent.answer.vouchers.map((v) => v.status)).toEqual(['posted', 'refused', 'posted'])
    expect(await count()).toBe(2)
  })
})

describe('an answer', () => {
  test('that refuses gives its issues; nothing is sent again', async () => {
    const { line, waited } = lineTo(await company())
    const sent = await postVoucher(
      line,
      simpleDraft({
        lines: [
          { account: '6801', amount: 1 },
          { account: '1920', amount: -1 },
        ],
      }),
      () => {},
    )
    expect(sent).toMatchObject({ kind: 'refused', code: 'voucher/invalid', issues: [{ code: 'account/unknown' }] })
    expect(waited).toEqual([])
  })
  test('to a try gives issues and version, and stores nothing', async () => {
    const { line, count } = lineTo(await company())
    const tried = await tryVouchers(line, [simpleDraft()])
    expect(tried).toMatchObject({
      kind: 'done',
      answer: { ledgerVersion: 0, vouchers: [{ status: 'ready', issues: [] }] },
    })
    expect(await count()).toBe(0)
  })
  test.each([
    [401, '{"code":"sign-in/required"}', 'signed-out'],
    [403, '{"code":"permission/missing","title":"Nei"}', 'refused'],
    [502, '<html>', 'lost'],
    [503, '{"code":"service/busy"}', 'lost'],
    [409, '{"code":"voucher/contended"}', 'lost'],
    [200, 'cut of', 'lost'],
  ])('%i %s is %s', async (status, body, kind) => {
    const line: Line = {
      base: '',
      locale: 'nb',
      wait: async () => {},
      fetch: async () => new Response(body, { status }),
    }
    expect((await postVoucher(line, simpleDraft(), () => {})).kind).toBe(kind)
  })
})

test('vouchers go in requests of at most two thousand lines, and none is left out', () => {
  const voucher = (lines: number, n: number) => ({
    n,
    draft: { lines: Array(lines).fill({}) },
    content: 'x'.repeat(lines),
  })
  const vouchers = [900, 900, 300, 2500, 1, 1999, 2].map(voucher)
  const requests = inRequests(vouchers)
  expect(requests.map((request) => request.reduce((n, v) => n + v.draft.lines.length, 0))).toEqual([
    1800, 300, 2500, 2000, 2,
  ])
  expect(requests.flat()).toEqual(vouchers)
})

describe('a kept draft', () => {
  const rows = [
    { ...BLANK, account: '6800', amount: 125_000, dimensions: { department: '10' }, id: 'vch_1' },
    BLANK,
    { ...BLANK, account: 'tull', amount: '12a', posted: 'IF 2026-1' },
  ]
  const desk: Desk = {
    mode: 'sheet',
    id: `vch_${'0'.repeat(26)}`,
    header: { type: 'IF', voucherDate: '2026-03-03', documentDate: '', text: '"', reason: '' },
    rows: withRoom(rows),
  }
  test('comes back as it was', () => {
    const draft = `dra_${'0'.repeat(26)}`
    const placed = withPlaces(desk, newKey)
    const kept = { at: '2026-03-03T10:00:00.000Z', desk: placed, sending: ['vch_1'], known: newDraft(draft) }
    expect(keptFrom(keptText(kept))).toEqual(kept)
    // What the server has is known by what it lacks: one row changed since, one that it has and is gone here.
    const base = new Map(sharedRows(placed).map((row) => [row.key, row]))
    const changed = { ...placed, rows: withRoom([{ ...placed.rows[0]!, amount: 5 }, ...placed.rows.slice(2)]) }
    const later = { ...kept, desk: changed, known: { draft, since: 7, base } }
    expect(keptFrom(keptText(later))).toEqual(later)
    expect(unsentRows(changed, keptFrom(keptText(later))!.known).map((row) => row.cells.amount)).toEqual([5])
  })
  test.each([null, '', '{', '{}', '{"version":2}', '{"version":1,"desk":{"rows":5}}'])(
    'is none of ours: %j',
    (text) => {
      expect(keptFrom(text)).toBeUndefined()
    },
  )
})
