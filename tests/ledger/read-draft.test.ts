import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HEADER_FIELDS, LINE_FIELDS, readDraft, VoucherDraft } from '#worker/ledger/voucher-draft.ts'

const id = `vch_${'0'.repeat(26)}`
const value = fc.oneof(
  fc.constantFrom('6800', '2026-03-01', '2026-02-30', 'NOK', '11.65', '', id, null, undefined, 'x'.repeat(300)),
  fc.integer({ min: -200, max: 200 }),
  fc.constantFrom(1.5, true, [], {}, { department: '10' }, [{}]),
)
const fieldsOf = (names: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...names, 'colour'), value, { maxKeys: 6, noNullPrototype: true })
const draft = fc.record({
  good: fc.boolean(),
  header: fieldsOf(HEADER_FIELDS.filter((field) => field !== 'lines')),
  lines: fc.oneof(
    fc.array(fc.oneof({ weight: 9, arbitrary: fieldsOf(LINE_FIELDS) }, { weight: 1, arbitrary: value }), {
      maxLength: 4,
    }),
    value,
  ),
})

test('a draft read by the fields that are there is read as by all of them, faults and all', () => {
  fc.assert(
    fc.property(draft, ({ good, header, lines }) => {
      const needed = { id, type: 'HB', voucherDate: '2026-03-01' }
      const raw = { ...(good && needed), ...header, lines }
      const [narrow, whole] = [readDraft(raw), VoucherDraft.safeParse(raw)]
      expect(narrow.success).toBe(whole.success)
      if (narrow.success) expect(narrow.data).toEqual(whole.data)
      else expect(narrow.error.issues).toEqual(whole.error!.issues)
    }),
    { numRuns: 500 },
  )
})
