import { expect, test } from 'vitest'
import { draftOf } from '#worker/sheets/row-draft.ts'
import { BLANK, emptyDesk, vouchersOf, withRoom } from '#worker/sheets/sheet.ts'

test('the documents that a shared draft was begun on go with its voucher, and with no other', () => {
  const header = { type: 'IF', voucherDate: '2026-03-01', documentDate: '', text: '', reason: '' }
  const desk = {
    ...emptyDesk(`vch_${'0'.repeat(26)}`, header),
    rows: withRoom([{ ...BLANK, account: '6800', amount: 100 }]),
  }
  const documents = [`doc_${'1'.repeat(26)}`, `doc_${'2'.repeat(26)}`]
  const [group] = vouchersOf({ ...desk, more: { documents: documents.join() } })
  expect(draftOf(group!, [desk.rows[0]!])).toMatchObject({ documents })
  expect(draftOf(vouchersOf(desk)[0]!, [desk.rows[0]!])).not.toHaveProperty('documents')
})
