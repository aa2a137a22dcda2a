/// <reference types="office-js" />
import { fill, type Locale, moment, whole } from '#i18n/format.ts'
import type { ExportTable } from '#worker/exports/export-table.ts'
import type { Company } from '../api/ledger-api.ts'
import { writeListSheet } from '../excel/list-sheet.ts'
import { type AuditLine, blockLines, computedLines, ownLines } from '../pane/audit-lines.ts'
import type { Verified } from '../pane/pane-state.ts'
import type { PaneTexts } from '../pane/pane-texts.ts'
import { blockTexts } from './block-texts.ts'
import type { Audit } from './verdict.ts'

/** What a report of an audit tells of, and in which language. `at` is an instant. */
export type Audited = {
  audit: Audit
  verified: Verified | undefined
  company: Company
  user: string
  at: string
  locale: Locale
  t: PaneTexts
}

type Part = { name: string; lines: readonly AuditLine[] }

const partsOf = ({ audit, verified, locale, t }: Audited): Part[] =>
  [
    { name: t.check.computedHere, lines: computedLines(audit, t, locale) },
    { name: t.check.blocks, lines: blockLines(audit, t, locale) },
    { name: t.check.own, lines: verified ? ownLines(verified, t, locale) : [] },
  ].filter(({ lines }) => lines.length > 0)

const verdictOf = ({ t }: Audited, { holds }: AuditLine): string =>
  holds === undefined ? t.check.unchecked : holds ? t.check.passes : t.check.fails

/** Writes every result to a sheet of its own. Gives the sheet's name. */
export function writeAudit(context: Excel.RequestContext, audited: Audited): Promise<string> {
  const { audit, locale, t, at, user } = audited
  const { found } = audit
  const rows = partsOf(audited).flatMap(({ name, lines }) =>
    lines.map((line) => [name, line.title, verdictOf(audited, line), line.detail]),
  )
  return writeListSheet(context, {
    name: blockTexts[locale].sheetNames.audit,
    captions: t.check.reportColumns,
    columns: ['text', 'text', 'text', 'text'],
    rows,
    foot: fill(
      t.check.reportFoot,
      { version: whole(found.ledgerVersion, locale), head: found.chainHead.slice(0, 16), at: moment(at), user },
      locale,
    ),
  })
}

/** The same as pages to print, for the auditor's file: what was looked into, by whom and when, and what proves it. */
export async function auditPdf(audited: Audited): Promise<Uint8Array<ArrayBuffer>[]> {
  const { pdfOf } = await import('#worker/exports/pdf/table-pdf.ts')
  const pages: Uint8Array<ArrayBuffer>[] = []
  for await (const bytes of pdfOf(tableOf(audited))) pages.push(bytes as Uint8Array<ArrayBuffer>)
  return pages
}

export function tableOf(audited: Audited): ExportTable {
  const { audit, locale, t, company, user, at } = audited
  const { found } = audit
  const [, what, result, detail] = t.check.reportColumns
  const version = whole(found.ledgerVersion, locale)
  return {
    name: 'audit',
    title: t.check.reportTitle,
    locale,
    company,
    head: [
      [t.check.checkedAt, moment(at)],
      [t.check.checkedBy, user],
    ],
    columns: [
      { key: 'what', name: what!, kind: 'text' },
      { key: 'result', name: result!, kind: 'code' },
      { key: 'detail', name: detail!, kind: 'text' },
    ],
    pages: [
      partsOf(audited).flatMap(({ name, lines }) => [
        { kind: 'heading' as const, cells: [name, null, null] },
        ...lines.map((line) => ({ cells: [line.title, verdictOf(audited, line), line.detail] })),
      ]),
    ],
    proof: [
      [t.check.version, version],
      [t.check.head, found.chainHead],
    ],
  }
}
