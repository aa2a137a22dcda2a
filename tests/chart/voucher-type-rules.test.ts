import { expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { testBooks, testFacts } from '#tests/support/books.ts'
import { withParties } from '#tests/support/ledger-desk.ts'
import { checkVoucher } from '#worker/ledger/voucher.ts'

const { company } = testApp()
const year = new Date().getFullYear()

const invoice = (line: object = {}, over: object = {}) => ({
  id: `vch_${'0'.repeat(26)}`,
  type: 'incoming-invoice',
  voucherDate: '2026-03-01',
  text: 'Strøm',
  lines: [
    { account: '6340', amount: 1000, dimensions: { department: '10' } },
    { account: '2400:20017', amount: -1000, ...line },
  ],
  ...over,
})
const asking = (required: readonly string[]) =>
  testBooks({
    voucherTypes: testFacts().voucherTypes.map((t) => (t.key === 'incoming-invoice' ? { ...t, required } : t)),
  })
const faults = (draft: object, required: readonly string[]) =>
  checkVoucher(draft, asking(required), { softLock: false })
    .issues.filter((i) => i.severity === 'error')
    .map((i) => `${i.pointer} ${i.code} ${i.params?.field}`)

test.each<[string, object, string, string[]]>([
  ['a document', invoice(), 'documents', ['#/documents']],
  ['a document, given', invoice({}, { documents: [`doc_${'0'.repeat(26)}`] }), 'documents', []],
  ['an invoice number on the party’s line', invoice(), 'invoiceNumber', ['#/lines/1/invoiceNumber']],
  ['an invoice number, given', invoice({ invoiceNumber: '7' }), 'invoiceNumber', []],
  ['a due date', invoice(), 'dueDate', ['#/lines/1/dueDate']],
  ['a payment reference', invoice(), 'paymentReference', ['#/lines/1/paymentReference']],
  ['a quantity on the cost', invoice(), 'quantity', ['#/lines/0/quantity']],
  ['a dimension on the cost', invoice(), 'dimension:project', ['#/lines/0/dimensions/project']],
  ['a dimension, given', invoice(), 'dimension:department', []],
  ['a text', invoice({}, { text: undefined }), 'text', ['#/lines/0/text', '#/lines/1/text']],
  ['a dimension that is no more', invoice(), 'dimension:gone', []],
])('a type may require %s', (_, draft, field, pointers) => {
  expect(faults(draft, [field])).toEqual(pointers.map((p) => `${p} voucher-type/field-required ${field}`))
})

test('what a type requires is judged at posting, told by its name, and written down when it is changed', async () => {
  const c = await withParties(await company())
  const changed = await c.call('/voucher-types/incoming-invoice', {
    method: 'PATCH',
    body: { required: ['invoiceNumber', 'dimension:project'], proposedAccount: '6800', proposedCounterAccount: '2400' },
  })
  expect(changed.json).toMatchObject({ required: ['invoiceNumber', 'dimension:project'], offeredForPayment: true })
  const draft = simpleDraft({
    type: 'IF',
    lines: [
      { account: '6800', amount: 1000 },
      { account: '2400:20001', amount: -1000 },
    ],
  })
  const refused = await c.call('/vouchers', { body: draft })
  expect(refused.status).toBe(422)
  expect(refused.json.issues.filter((i: any) => i.severity === 'error').map((i: any) => i.message)).toEqual([
    'Bilagsart Inngående faktura krever prosjekt. Fyll det inn.',
    'Bilagsart Inngående faktura krever fakturanummer. Fyll det inn.',
  ])
  const { voucherTypes } = (await c.call('/books')).json
  expect(voucherTypes.find((t: any) => t.series === 'IF')).toMatchObject({ proposedAccount: '6800' })
  const { events } = (await c.call('/events')).json
  expect(events.at(-1).changes).toMatchObject({ required: [[], ['invoiceNumber', 'dimension:project']] })
})

test('a type may be kept for some roles, its reversals with it', async () => {
  const c = await company()
  await c.call('/voucher-types/payroll', { method: 'PATCH', body: { allowedRoles: ['administrator'] } })
  const accountant = await c.key('accountant')
  const refused = await c.call('/vouchers', { body: simpleDraft({ type: 'LO' }), key: accountant })
  expect(refused.json.issues).toMatchObject([
    {
      code: 'voucher-type/role-not-allowed',
      pointer: '#/type',
      message:
        'Rollen regnskapsfører kan ikke føre bilagsart Lønn. Velg en annen bilagsart, eller spør en administrator.',
    },
  ])
  const posted = await c.call('/vouchers', { body: simpleDraft({ type: 'LO' }), key: await c.key('administrator') })
  expect(posted.status).toBe(201)
  const reversal = await c.call(`/vouchers/${posted.json.id}/reversal`, {
    body: { id: voucherId(), voucherDate: `${year}-01-15` },
    key: accountant,
  })
  expect(reversal.json.code).toBe('voucher-type/role-not-allowed')
})

test('a rule that makes no sense is refused', async () => {
  const c = await company()
  const change = async (body: object) => {
    const { status, json } = await c.call('/voucher-types/general', { method: 'PATCH', body })
    return `${status} ${json.issues[0].pointer} ${json.issues[0].code}`
  }
  expect(await change({ required: ['colour'] })).toBe('422 #/required/0 field/invalid')
  expect(await change({ allowedRoles: [] })).toBe('422 #/allowedRoles field/required')
  expect(await change({ allowedRoles: ['reader'] })).toBe('422 #/allowedRoles/0 field/invalid')
  expect(await change({ proposedAccount: '6801' })).toBe('422 #/proposedAccount account/unknown')
})
