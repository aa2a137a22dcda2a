import { randomUUID } from 'node:crypto'
import type { testApp } from './app.ts'
import { voucherId } from './draft.ts'

export type Company = Awaited<ReturnType<ReturnType<typeof testApp>['company']>>
export const matchId = (): string => `mch_${randomUUID().replaceAll('-', '').slice(0, 26)}`

/** One customer and one supplier, beside what a new company has. */
export async function withParties(c: Company): Promise<Company> {
  await c.db.execute(`insert into party (kind, number, name, control_account, created_at) values
    ('customer', '10001', 'Fjordvik Handel AS', '1500', ''), ('customer', '10002', 'Nordlys Bygg AS', '1500', ''),
    ('supplier', '20001', 'Kontor Norge AS', '2400', ''), ('supplier', '20002', 'Strøm AS', '2400', '')`)
  return c
}

/** An accountant at work: posts, and tells what is open. Amounts in øre, days as YYYY-MM-DD. */
export function deskOf(c: Company) {
  const posted = async (body: object) => {
    const done = await c.call('/vouchers', { body })
    if (done.status !== 201) throw new Error(done.text)
    return done.json
  }
  /** Posts two lines: one on the party's control account, its other side on `against`. */
  async function book(voucherDate: string, party: string, amount: number, line: object = {}, against = '2050') {
    const [account] = party.split(':')
    const other: Record<string, unknown> = { account: against, amount: -amount }
    const voucher = await posted({
      id: voucherId(),
      type: 'general',
      voucherDate,
      lines: [{ rowKey: 'party', account: party, amount, ...line }, other],
    })
    return { ...voucher, account, item: itemId(voucher.ledgerVersion, 1) }
  }
  return {
    posted,
    book,
    /** What is open now: amounts left by item. */
    async open(query = ''): Promise<Record<string, number>> {
      const { json, status, text } = await c.call(`/open-items?limit=5000${query}`)
      if (status !== 200) throw new Error(text)
      return Object.fromEntries(json.items.map((i: any) => [i.id, i.rest]))
    },
    match: (body: object, more: object = {}) => c.call('/matches', { body: { id: matchId(), ...body }, ...more }),
    undo: (match: string, body: object = {}) => c.call(`/matches/${match}/undo`, { body }),
    reverse: (voucher: string, voucherDate: string) =>
      c.call(`/vouchers/${voucher}/reversal`, { body: { id: voucherId(), voucherDate } }),
  }
}

export const itemId = (ledgerVersion: number, line: number): string =>
  `itm_${String(ledgerVersion).padStart(16, '0')}${String(line).padStart(10, '0')}`
