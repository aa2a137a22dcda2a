import { beforeAll, expect, test } from 'vitest'
import { auditBooks } from '#addin/audit/audit-books.ts'
import { type Audited, auditPdf, writeAudit } from '#addin/audit/audit-report.ts'
import { drawBlock } from '#addin/audit/block-report.ts'
import { pullBlock } from '#addin/audit/sealed-block.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { pdfTexts } from '#tests/support/pdf.ts'
import { AUDIT_TEXTS } from './support/audit-desk.ts'
import { openBook, thisYear as year } from './support/desk.ts'

const app = testApp()
const now = `${year}-03-15T12:00:00.000Z`
let book: Awaited<ReturnType<typeof openBook>>
let audited: Audited

beforeAll(async () => {
  book = await openBook(app)
  const { company, desk, run, user } = book
  for (let i = 0; i < 3; i++) await company.call('/vouchers', { body: simpleDraft({ voucherDate: `${year}-01-15` }) })
  const query = { fromDate: `${year}-01-01`, toDate: `${year}-12-31` }
  const of = { api: desk.api, company: company.id, locale: 'nb', kind: 'trial-balance', query } as const
  const drawn = await drawBlock(of)
  const { table } = await run((context) => pullBlock(context, drawn, { ...of, now }))
  user.fill(table, 0, { Utgående: 1 })
  audited = {
    audit: await auditBooks({ run, api: desk.api, company: company.id }),
    verified: await desk.api.get(company.id, 'verify', { full: 'true', language: 'nb' }),
    company: { id: company.id, name: 'Fjordvik AS', organisationNumber: null, role: 'auditor', permissions: [] },
    user: 'Rita Revisor',
    at: now,
    locale: 'nb',
    t: AUDIT_TEXTS,
  }
})

test('a check as a sheet: each result in words, and the cell that was written over by name', async () => {
  const name = await book.run((context) => writeAudit(context, audited))
  const { workbook } = book
  const rows = workbook.grid(workbook.at(workbook.sheet(name)!, 'A1:D60'), (cell) => String(cell?.value ?? ''))
  expect(rows[0]).toEqual(['Del', 'Kontroll', 'Resultat', 'Funn'])
  expect(rows.filter((row) => row[2] === 'Holder ikke').map((row) => row[3])).toEqual([
    expect.stringMatching(/^F2 er skrevet over\. Arket sier 1,00, hovedboken /),
  ])
  expect(rows.some((row) => row[1] === 'Kjeden er hel' && row[2] === 'Holder')).toBe(true)
  expect(rows.filter((row) => row[0] !== '').at(-1)![0]).toContain('Rita Revisor')
})

test('and as a PDF: who looked, at which version, with the chain’s whole head', async () => {
  const text = (await pdfTexts(Buffer.concat(await auditPdf(audited)))).join('\n')
  for (const wanted of ['Kontrollrapport', 'Fjordvik AS', 'Rita Revisor', 'Kjeden er hel', 'Holder ikke'])
    expect(text).toContain(wanted)
  expect(text.replaceAll(/\s/g, '')).toContain(audited.audit.found.chainHead)
})
