import { ore } from '#worker/core/money.ts'
import type { VoucherLine } from '#worker/ledger/voucher-draft.ts'
import { draftsOf } from '../everyday/case.ts'
import { everydayCases } from '../everyday-cases.ts'
import type { DemoInvoice, DemoVoucher } from './draft.ts'

type Everyday = { vouchers: DemoVoucher[]; sales: DemoInvoice[]; purchases: DemoInvoice[] }

/** The everyday cases of the help in the books of a year, and the invoices they leave to be paid. */
export function everydayOf(year: number): Everyday {
  const found: Everyday = { vouchers: [], sales: [], purchases: [] }
  for (const one of everydayCases.filter(({ inDemo }) => inDemo !== false)) {
    const vouchers = draftsOf(one, year) as DemoVoucher[]
    found.vouchers.push(...vouchers)
    const invoiced = vouchers.flatMap(({ voucherDate, lines }) =>
      lines.filter((line) => line.dueDate).map((line) => ({ line, date: voucherDate })),
    )
    for (const { line, date } of invoiced) {
      const [account, party] = line.account.split(':') as [string, string]
      const left = vouchers
        .flatMap((v) => v.lines)
        .reduce((sum, other) => sum + (isOf(line, other) ? other.amount! : 0), 0)
      const open = { party, number: line.invoiceNumber!, date, dueDate: line.dueDate!, gross: ore(Math.abs(left)) }
      if (left !== 0) (account === '1500' ? found.sales : found.purchases).push(open)
    }
  }
  return found
}

const isOf = (invoice: VoucherLine, line: VoucherLine): boolean =>
  line.account === invoice.account && line.invoiceNumber === invoice.invoiceNumber
