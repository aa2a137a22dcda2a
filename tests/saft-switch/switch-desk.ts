import { plain } from '#tests/saft/saft-desk.ts'
import type { testApp } from '#tests/support/app.ts'
import { saft, withClosings } from '#tests/support/saft.ts'

const renumbered = { '1500': '1510', '1920': '1930' } as Record<string, string>
const number = (id: string) => renumbered[id] ?? id
/** Receivables on 1510, a bank that the chart lacks, and 1499 for something else than here. */
export const other = withClosings({
  ...plain,
  accounts: [
    ...plain.accounts.map((a) => ({ ...a, id: number(a.id) })),
    { id: '1499', name: 'Varer på vei', grouping: ['balanseverdiForOmloepsmiddel', '1400'], opening: 0 },
  ],
  customers: plain.customers!.map((p) => ({ ...p, account: '1510' })),
  transactions: [
    ...plain.transactions.map((t) => ({ ...t, lines: t.lines.map((l) => ({ ...l, account: number(l.account) })) })),
    {
      id: 'C',
      date: '2025-03-10',
      lines: [
        { account: '1499', amount: 70_000, analysis: [['KST', '10']] },
        { account: '1510', amount: -70_000, customer: '10777' },
      ],
    },
  ],
})

/** A company with a file of another system looked over, and nothing booked. */
export async function switchDesk(app: ReturnType<typeof testApp>, file = saft(other)) {
  const company = await app.company()
  const { call } = company
  const sent = await call('/saft-switches', { raw: file, headers: { 'x-file-name': 'gammel.xml' } })
  return { company, call, sent, path: `/saft-switches/${sent.json.id}` }
}
