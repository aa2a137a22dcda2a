import type { Context } from 'hono'
import { readLogo } from '#worker/companies/profile-store.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import type { Env } from '#worker/http/env.ts'
import { type Access, operation } from '#worker/http/operation.ts'
import type { ExportFormat } from './export-query.ts'
import { type ExportTable, fileStem } from './export-table.ts'
import { pdfOf } from './pdf/table-pdf.ts'
import { csvOfTable } from './table-csv.ts'
import type { Asking } from './tables/table-frame.ts'
import { attachment, bodyOf } from './text-stream.ts'
import { xlsxOf } from './xlsx/table-xlsx.ts'

const FORMATS =
  '`format`: `xlsx` (unless told), `csv` (for a sheet in the reader’s language), `csv-machine` (RFC 4180, comma and decimal point, stable names) or `pdf`. Streamed whole, at one ledger version.'
export const REPORT_PROBLEMS = ['request/invalid', 'period/reversed', 'ledger-version/unknown'] as const
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Declares a route that gives a table as a file. */
export const exported = (
  summary: string,
  access: Access,
  query: Parameters<typeof operation>[0]['query'],
  more: readonly string[] = [],
) =>
  operation({
    summary: `${summary}, as a file`,
    description: FORMATS,
    access,
    ...(query && { query }),
    answer: { status: 200, mediaType: XLSX, description: 'The file' },
    problems: [...REPORT_PROBLEMS, ...more],
  })

/** Reports that can be read again as they were at a version; registers and what a company keeps beside its ledger cannot. */
const REPORTS = [
  ...['trial-balance', 'income-statement', 'balance-sheet', 'general-ledger', 'voucher-journal', 'party-balances'],
  ...['key-figures', 'liquidity', 'changes', 'explanation', 'vat-specification'],
]
/** Routes that give an export's figures under another name. */
const NAMED: Readonly<Record<string, string>> = {
  'year-end': 'reports/trial-balance',
  'open-items': 'open-items',
  ageing: 'open-items/ageing',
}

/** Path and query of the route that gives an export's figures, nothing where none does. */
function addressOf(c: Context<Env>): string {
  const url = new URL(c.req.url)
  const [company, name = ''] = url.pathname.split('/exports/')
  const route = REPORTS.includes(name) ? `reports/${name}` : name.endsWith('/statement') ? name : NAMED[name]
  if (route === undefined) return ''
  for (const asked of ['format', 'language', 'atVersion']) url.searchParams.delete(asked)
  if (name === 'open-items') url.searchParams.delete('order') // changes no figure; elsewhere it may be a dimension
  return `${company}/${route}${url.search}`
}

/** Who asks, and under which address the same figures can be had again. */
export function askingOf(c: Context<Env>): Asking {
  const at = new Date().toISOString() as Instant
  const { locale, access, principal } = c.var
  return {
    locale,
    company: { name: access.name, organisationNumber: access.organisationNumber },
    by: principal.name || principal.kind,
    at,
    today: dayInOslo(at),
    address: addressOf(c),
  }
}

/** The table in the form asked for. */
export async function sendTable(c: Context<Env>, format: ExportFormat = 'xlsx', table: ExportTable): Promise<Response> {
  const [chunks, type, ending] =
    format === 'pdf'
      ? [pdfOf(table, await logoOf(c)), 'application/pdf', 'pdf']
      : format === 'xlsx'
        ? [xlsxOf(table), XLSX, 'xlsx']
        : [csvOfTable(table, format === 'csv-machine'), 'text/csv; charset=utf-8', 'csv']
  return c.body(await bodyOf(chunks), 200, {
    'content-type': type,
    'content-disposition': attachment(`${fileStem(table)}.${ending}`),
    'content-language': table.locale,
    'cache-control': 'no-store',
  })
}

async function logoOf(c: Context<Env>): Promise<{ type: string; bytes: Uint8Array } | undefined> {
  const logo = await readLogo(c.var.db)
  return logo && { type: logo.type, bytes: Uint8Array.from(atob(logo.base64), (byte) => byte.charCodeAt(0)) }
}
