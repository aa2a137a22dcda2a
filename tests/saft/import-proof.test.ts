import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { saft, withClosings } from '#tests/support/saft.ts'
import { plain, saftDesk } from './saft-desk.ts'

const app = testApp()
const { imported } = saftDesk(app)

describe('the proof', () => {
  test('an øre planted in the file is found', async () => {
    const text = saft(plain)
    expect((await imported(text)).json.differences).toEqual([])
    const { json } = await imported(text.replace('<ClosingDebitBalance>650.00', '<ClosingDebitBalance>650.01'))
    expect(json.differences).toMatchObject([
      {
        kind: 'account-closing',
        account: '1920',
        file: 65_001,
        ours: 65_000,
        difference: -1,
        message: 'Konto 1920 slutter på 650,01 i filen, 650,00 i regnskapet. Differanse −0,01.',
      },
    ])
    const party = await imported(
      text.replace(
        '<ClosingDebitBalance>600.00</ClosingDebitBalance></BalanceAccount>',
        '<ClosingDebitBalance>600.01</ClosingDebitBalance></BalanceAccount>',
      ),
    )
    expect(party.json.differences).toMatchObject([{ kind: 'party-closing', party: '10001', difference: -1 }])
    const total = await imported(
      text.replace('<TotalDebit>400.00', '<TotalDebit>400.01').replace('<NumberOfEntries>2', '<NumberOfEntries>3'),
    )
    expect(total.json.differences).toMatchObject([
      { kind: 'total-entries', file: 3, ours: 2 },
      { kind: 'total-debit', difference: -1 },
    ])
  })

  test('an øre planted in the books behind the import is found: it reads what the trial balance answers', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    const send = () => app.call(`${company.path}/imports/saft`, { raw: saft(plain) })
    await company.db.execute(`create trigger planted after insert on balance when new.account = '1920'
      begin update balance set debit = debit + 1 where account = '1920' and month = new.month; end`)
    const { status, json } = await send()
    expect(status).toBe(201)
    expect(json.differences.map((d: any) => [d.kind, d.account, d.difference])).toContainEqual([
      'account-closing',
      '1920',
      2,
    ])
    expect(json.differences.map((d: any) => d.kind)).toContain('account-month')
    const { json: report } = await company.call(`/reports/trial-balance?fromDate=2025-01-01&toDate=2025-12-31`)
    const row = report.rows.find((r: any) => r.account === '1920')
    expect(json.proof.accounts.find((a: any) => a.account === '1920').ours).toEqual({
      opening: row.opening,
      debit: row.debit,
      credit: row.credit,
      closing: row.closing,
    })
  })

  test('what is in the proof is what the trial balance route answers', async () => {
    const company = await imported(saft(plain))
    const { fromDate, toDate, accounts } = company.json.proof
    const { json } = await company.call(`/reports/trial-balance?fromDate=${fromDate}&toDate=${toDate}`)
    expect(accounts.map(({ account, ours }: any) => ({ account, ...ours }))).toEqual(
      json.rows.map(({ account, opening, debit, credit, closing }: any) => ({
        account,
        opening,
        debit,
        credit,
        closing,
      })),
    )
  })

  test('random books make the round trip: every balance equal, whatever accounts, parties, VAT and days', async () => {
    const accounts = ['1500', '1920', '2400', '2990', '3000', '4000', '6800', '10100', 'X-9']
    const amount = fc.integer({ min: -9_000_000_000, max: 9_000_000_000 })
    const oneLine = fc.record({ account: fc.constantFrom(...accounts), amount, party: fc.constantFrom('1', '2', '77') })
    const transaction = fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      month: fc.integer({ min: 1, max: 12 }),
      lines: fc.array(oneLine, { minLength: 1, maxLength: 6 }),
      same: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(transaction, { maxLength: 12 }),
        fc.array(amount, { minLength: accounts.length, maxLength: accounts.length }),
        async (drawn, openings) => {
          const party = (account: string, number: string) =>
            account === '1500' ? { customer: number } : account === '2400' ? { supplier: number } : {}
          const transactions = drawn.map(({ day, month, lines, same }, i) => {
            const all = lines.map((l) => ({ account: l.account, amount: l.amount, ...party(l.account, l.party) }))
            const rest = -all.reduce((sum, l) => sum + l.amount, 0)
            const date = `2025-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
            return { id: same ? 'samme' : `T${i}`, date, lines: [...all, { account: '2990', amount: rest }] }
          })
          // Party openings all on one party; accounts of the year open at nothing.
          const openingOf = (i: number) => (/^[346]/.test(accounts[i]!) ? 0 : openings[i]!)
          const sum = accounts.reduce((total, _, i) => total + openingOf(i), 0)
          const file = withClosings({
            accounts: accounts.map((id, i) => ({ id, opening: id === '2990' ? openingOf(i) - sum : openingOf(i) })),
            customers: [{ id: '1', account: '1500', opening: openingOf(0) }],
            suppliers: [{ id: '2', account: '2400', opening: openingOf(2) }],
            transactions,
          })
          const { json } = await imported(saft(file))
          expect(json.differences.filter((d: any) => !d.kind.startsWith('party'))).toEqual([])
          for (const { id, opening = 0, closing = 0 } of file.accounts) {
            const row = json.proof.accounts.find((a: any) => a.account === id)
            expect([id, row.ours.opening, row.ours.closing]).toEqual([id, opening, closing])
          }
          const control = json.proof.parties
            .filter((p: any) => p.kind === 'customer')
            .reduce((total: number, p: any) => total + p.ours.closing, 0)
          expect(control).toBe(file.accounts[0]!.closing)
        },
      ),
      { numRuns: 15 },
    )
  }, 60_000)
})
