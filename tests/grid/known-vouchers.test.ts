import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { withoutRows, withRowAt } from '#web/islands/voucher/edit.ts'
import { withKnown } from '#web/islands/voucher/known-texts.ts'
import type { PasteMemory } from '#web/islands/voucher/paste-memory.ts'
import { Pasting } from '#web/islands/voucher/pasting.ts'
import { post, statusOf } from '#web/islands/voucher/posting.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'
import { BLANK } from '#worker/sheets/sheet.ts'

import { entryIn, today, year } from './entry-desk.ts'

const { company } = testApp()

test('a known text proposes the lines it had last, those of the party and the type first', async () => {
  const c = await company()
  await c.call('/parties', { body: { kind: 'supplier', name: 'Gårdeier AS', number: '20114' } })
  const post1 = (text: string, type: string, lines: unknown[]) =>
    c.call('/vouchers', { body: { ...simpleDraft(), type, text, voucherDate: today, lines } })
  const rent = (amount: number) => [
    { account: '6305', amount, vatCode: '1', text: 'Kontor' },
    { account: '2400:20114', amount: -amount, invoiceNumber: String(amount), dueDate: `${year}-04-20` },
  ]
  await post1('Husleie', 'IF', rent(10_000))
  await post1('Husleie', 'IF', rent(12_500))
  await post1('Husleie bod', 'HB', [
    { account: '6305', amount: 500 },
    { account: '1920', amount: -500 },
  ])
  const wrong = await post1('Husleie', 'IF', rent(99_000))
  const back = { id: simpleDraft().id, voucherDate: today }
  expect((await c.call(`/vouchers/${wrong.json.id}/reversal`, { body: back })).status).toBe(201)
  const { entry, type } = await entryIn(c)
  const asked = (text: string) =>
    new Promise<readonly { code: string; voucher?: string }[]>((resolve) => {
      entry.known.options(text, entry, () => resolve(entry.known.options(text, entry, () => {})))
    })
  expect(entry.known.options('hu', entry, () => {})).toEqual([]) // not looked for yet
  const found = await asked('husl')
  expect(found.map(({ code }) => code)).toEqual(['Husleie bod', 'Husleie'])
  await entry.known.take(entry, undefined, found[1]!.voucher!)
  const shown = entry.desk.rows.slice(0, 3).map((r) => [r.account, r.amount, r.vatCode, r.text, r.invoiceNumber])
  expect(shown).toEqual([
    ['6305', 12_500, '1', 'Kontor', ''],
    ['2400:20114', -12_500, '', '', ''],
    ['', '', '', '', ''],
  ])
  expect([entry.desk.header.text, entry.canUndo]).toEqual(['Husleie', true])
  // What is written is nobody's to take away; a line that is not begun takes them.
  await entry.known.take(entry, undefined, found[0]!.voucher!)
  expect(entry.desk.header.text).toBe('Husleie')
  expect((await asked('husl')).map(({ code }) => code)).toEqual(['Husleie', 'Husleie bod'])
  // What was typed in the line stands at once, and the lines find it where it has gone meanwhile.
  type({ row: 2, field: 'amount', value: 300 }, { row: 2, field: 'dueDate', value: `${year}-05-01` })
  const taking = entry.known.take(entry, 2, found[0]!.voucher!, 'husl')
  expect(entry.desk.rows[2]!.text).toBe('husl')
  entry.change(withRowAt(entry.desk, 0, { ...BLANK, text: 'Over' }))
  await taking
  expect(entry.desk.rows.slice(2, 5).map((r) => [r.account, r.amount, r.text, r.dueDate])).toEqual([
    ['2400:20114', -12_500, '', ''],
    ['6305', 300, 'Husleie bod', `${year}-05-01`],
    ['1920', -500, 'Husleie bod', ''],
  ])
  // What there is no answer to is asked for again, and so is everything after a posting.
  const { fetch } = entry.line
  await new Promise<void>((resolve) => {
    entry.line.fetch = async () => {
      resolve()
      throw new TypeError('network')
    }
    entry.known.options('bod', entry, () => {})
  })
  entry.line.fetch = fetch
  expect((await asked('bod')).map(({ code }) => code)).toEqual(['Husleie bod'])
  await post1('Husleie hytte', 'HB', rent(700))
  entry.startNext()
  expect((await asked('husl')).map(({ code }) => code)).toContain('Husleie hytte')
  // Rates, and VAT that was typed, were that day's alone.
  const money = { currency: 'EUR', currencyAmount: 10_000, rate: '11.5', amount: 115_000, vatAmount: 23_001 }
  const draft = { text: 'Lisens', lines: [{ account: '6800', ...money }] } as unknown as VoucherDraft
  const [line] = withKnown(entry.desk, undefined, draft).rows
  expect(line).toMatchObject({ currency: 'EUR', currencyAmount: 10_000, rate: '', amount: '', vatAmount: '' })
})

test('a list that was posted the day before is known when it is pasted again; what is changed since is put right', async () => {
  const c = await company()
  const memory = { answersFor: () => ({}), remember: () => {} } as unknown as PasteMemory
  const list = (third: string) =>
    [
      'Bilagsnr\tBilagsdato\tKonto\tBeløp',
      ...[
        ['1', '100'],
        ['2', '100'],
        ['3', third],
      ].flatMap(([voucher, amount]) => [
        `${voucher}\t03.03.${year}\t7770\t${amount},00`,
        `${voucher}\t03.03.${year}\t1920\t-${amount},00`,
      ]),
    ].join('\n')
  const pasted = async (text: string) => {
    const page = await entryIn(c)
    new Pasting(page.entry, () => ['account', 'amount'], memory).paste(text, { row: 0, field: 'account' })
    await page.entry.tryNow()
    return page
  }
  const first = await pasted(list('300'))
  expect(new Set(first.entry.open.map(({ group }) => group.id)).size).toBe(3) // the first two say the same
  await post(first.entry, first.port)
  expect([first.last()?.key, await first.count()]).toEqual(['postedMany', 3])

  const next = await pasted(`${list('300')}\n4\t03.03.${year}\t7770\t5,00\n4\t03.03.${year}\t1920\t-5,00`)
  expect([next.entry.postedBefore.length, statusOf(next.entry, 0)]).toEqual([3, 'Bokført fra før'])
  await post(next.entry, next.port)
  expect(next.last()).toMatchObject({ key: 'postedManyBefore', params: { n: 1, before: 3 } })
  expect([await next.count(), next.entry.desk.rows[0]!.posted.replace('\u00a0', ' ')]).toEqual([4, `HB ${year}-1`])

  const tokens = next.sent
    .filter(({ path }) => path === '/vouchers/batch')
    .map(({ body }) => [body.vouchers.length, typeof body.dryRunToken])
  expect(tokens).toEqual([
    [1, 'string'],
    [3, 'undefined'],
  ])
  const mixed = await pasted(`${list('300')}\n5\t03.03.${year}\t7770\t6,00\n5\t03.03.${year}\t1920\t-6,00`)
  mixed.type({ row: 0, field: 'text', value: 'Rettet' })
  await post(mixed.entry, mixed.port)
  expect([mixed.last()?.key, mixed.last()?.params, await mixed.count()]).toEqual([
    'postedSome',
    expect.objectContaining({ n: 1, left: 1 }),
    5,
  ])
  expect(mixed.sent.find(({ path }) => path === '/vouchers/batch')?.body.dryRunToken).toEqual(expect.any(String))
  const alone = await entryIn(c)
  new Pasting(alone.entry, () => ['account', 'amount'], memory).paste(list('300').split('\n').slice(0, 3).join('\n'), {
    row: 0,
    field: 'account',
  })
  const { id } = alone.entry.desk
  alone.entry.change(withoutRows(alone.entry.desk, 0, 1))
  expect([alone.entry.isEmpty, alone.entry.desk.id === id]).toEqual([true, false])

  const third = await pasted(list('300'))
  third.type({ row: 0, field: 'text', value: 'Rettet' }) // under an id that is posted
  await third.entry.tryNow()
  expect(third.entry.verdict.placed.map((p) => p.code)).toEqual(['voucher/id-reused'])
  expect(third.entry.isReady).toBe(false)
  third.entry.undo()
  await third.entry.tryNow()
  third.entry.makeNewOfPosted()
  await post(third.entry, third.port)
  expect([third.last()?.key, await third.count()]).toEqual(['postedMany', 8])
})
