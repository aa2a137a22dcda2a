import { expect, test } from 'vitest'
import { Room } from '#worker/ledger/room.ts'

test('matches of a short while are one message, and so are postings, with all their vouchers', async () => {
  const room = new Room()
  const reader = room.join({ tab: 'one', user: 'usr_1', name: 'Kari', draft: null })!.getReader()
  const whose = { by: 'usr_2', name: 'Ola' }
  for (const number of [1, 2, 3]) {
    const vouchers = [{ id: `vch_${number}`, series: 'B', fiscalYear: 2026, number }]
    room.tellBooked({ type: 'match', ledgerVersion: number, ...whose })
    room.tellBooked({ type: 'posted', ledgerVersion: number, ...whose, vouchers })
  }
  await new Promise((done) => setTimeout(done, 300))
  room.tell({ type: 'draft', draft: 'dra_last', version: 1, tab: '', ...whose })
  const heard: { type: string; ledgerVersion?: number; vouchers?: { number: number }[] }[] = []
  while (heard.at(-1)?.type !== 'draft') {
    const text = new TextDecoder().decode((await reader.read()).value)
    if (text.startsWith('data: ')) heard.push(JSON.parse(text.slice(6)))
  }
  expect(heard.map((m) => [m.type, m.ledgerVersion, m.vouchers?.map((v) => v.number)])).toEqual([
    ['people', undefined, undefined],
    ['match', 3, undefined],
    ['posted', 3, [1, 2, 3]],
    ['draft', undefined, undefined],
  ])
  await reader.cancel()
})
