import { addMonths, firstDay, type IsoDate, monthOf } from '#worker/core/dates.ts'
import type { Recurring } from '#worker/templates/recurring.ts'
import type { SplitKeyContent } from '#worker/templates/split-key.ts'
import type { TemplateContent } from '#worker/templates/template.ts'

/** Shares of the rooms, as the lease has them. */
export const demoSplitKeys: readonly { code: string; content: SplitKeyContent }[] = [
  {
    code: 'AREAL',
    content: { name: 'Etter areal', dimension: 'department', shares: '10=70;20=10;30=20', active: true },
  },
]

/** What the joinery posts often: a whole voucher, one that asks for its supplier, and a key that unfolds in the text cell. */
export const demoTemplates: readonly { key: string; content: TemplateContent }[] = [
  {
    key: 'STRØM',
    content: {
      name: 'Strøm og nettleie',
      type: 'incoming-invoice',
      text: 'Strøm {måned}',
      parameters: [
        { name: 'beløp', kind: 'amount' },
        { name: 'faktura', kind: 'text' },
        { name: 'forfall', kind: 'date', default: '+14' },
      ],
      lines: [
        { account: '6340', amount: 'beløp', vatCode: '1', script: 'FORDEL(AREAL)' },
        { account: '2400:20008', amount: 'rest', invoiceNumber: '{faktura}', dueDate: '{forfall}' },
      ],
    },
  },
  {
    key: 'RENHOLD',
    content: {
      name: 'Renhold av lokalene',
      type: 'general',
      text: 'Renhold {måned}',
      parameters: [{ name: 'beløp', kind: 'amount', default: '4500' }],
      lines: [
        { account: '6360', amount: 'beløp', vatCode: '1', script: 'FORDEL(AREAL)' },
        { account: '1920', amount: 'rest' },
      ],
    },
  },
  {
    key: '70',
    content: {
      name: 'Verksted 70 %, butikk 30 %',
      parameters: [{ name: 'beløp', kind: 'amount' }],
      lines: [
        { account: '6800', amount: '70 %', vatCode: '1', dimensions: { department: '10' } },
        { account: '6800', amount: '30 %', vatCode: '1', dimensions: { department: '30' } },
      ],
    },
  },
]

export const DEMO_RECURRING = `rec_demo${'0'.repeat(21)}1`

/** Cleaning from next month on: nothing of it is due the day the demo is made. */
export const demoRecurring = (today: IsoDate): Recurring => ({
  name: 'Renhold, hver måned',
  template: 'RENHOLD',
  values: {},
  firstDate: firstDay(addMonths(monthOf(today), 1)),
  every: 1,
  makes: 'draft',
})
