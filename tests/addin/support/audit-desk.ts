import { auditBooks } from '#addin/audit/audit-books.ts'
import type { BlockKind } from '#addin/audit/block-columns.ts'
import { drawBlock } from '#addin/audit/block-report.ts'
import { type BlockCheck, checkBlock, pullBlock, readSeals } from '#addin/audit/sealed-block.ts'
import { addinCheck } from '#i18n/nb/addin-check.ts'
import { addinPane } from '#i18n/nb/addin-pane.ts'
import { addinReport } from '#i18n/nb/addin-report.ts'
import { simpleDraft, type testApp } from '#tests/support/app.ts'
import { User } from '../host/user.ts'
import { Workbook } from '../host/workbook.ts'
import { openPane, thisYear as year } from './desk.ts'

type App = ReturnType<typeof testApp>
type Company = Awaited<ReturnType<App['company']>>
export const [SIMPLE, VOUCHERS] = [12, 13]

/** What the pane says of an audit, in Norwegian. */
export const AUDIT_TEXTS = {
  ...addinPane,
  check: addinCheck,
  report: addinReport,
  notices: { ...addinPane.notices, ...addinReport.notices },
}

/** A company with a few vouchers, an invoice and a budget, and the key of its auditor. */
export async function auditedBooks(app: App): Promise<{ company: Company; key: string }> {
  const company = await app.company()
  for (let i = 0; i < SIMPLE; i++)
    await company.call('/vouchers', {
      body: simpleDraft({
        voucherDate: `${year}-01-${10 + i}`,
        text: i === 3 ? '' : `Bilag ${i}`,
        lines: [
          { rowKey: 'a', account: '6800', amount: 100_00 * (i + 1) },
          { rowKey: 'b', account: '1920', amount: -100_00 * (i + 1) },
        ],
      }),
    })
  await company.call('/parties', {
    body: { kind: 'customer', number: '10001', name: 'Kunde AS' },
    key: await company.key('accountant'),
  })
  await company.call('/vouchers', {
    body: simpleDraft({
      type: 'outgoing-invoice',
      voucherDate: `${year}-02-20`,
      lines: [
        { rowKey: 'a', account: '1500:10001', amount: 1250_00, invoiceNumber: '1', dueDate: `${year}-03-06` },
        { rowKey: 'b', account: '3000', amount: -1250_00, vatCode: '3' },
      ],
    }),
  })
  const budget = (await company.call('/budgets', { body: { year, name: 'Hoved' } })).json
  const lines = [{ account: '6800', cells: [{ month: `${year}-02`, amount: 80_00, was: null }] }]
  await company.call(`/budgets/${budget.id}/lines`, { body: { lines } })
  return { company, key: await company.key('auditor') }
}

/** A workbook that an auditor has open. */
export async function openAudit(app: App, { company, key }: { company: Company; key: string }) {
  const workbook = new Workbook()
  const { desk, run, window } = await openPane(app, company, workbook, undefined, key)
  const of = { api: desk.api, company: company.id }
  const pull = async (kind: BlockKind) => {
    const query = { fromDate: `${year}-01-01`, toDate: `${year}-12-31` }
    const drawn = await drawBlock({ ...of, locale: 'nb', kind, query })
    return run((context) =>
      pullBlock(context, drawn, { kind, locale: 'nb', query, now: `${year}-03-15T12:00:00.000Z` }),
    )
  }
  const seals = () => run(readSeals)
  const checked = async (): Promise<BlockCheck> => {
    const [seal] = await seals()
    return run((context) => checkBlock(context, desk.api, company.id, seal!))
  }
  const audit = () => auditBooks({ run, ...of })
  return { workbook, user: new User(workbook), run, desk, window, pull, seals, checked, audit }
}
