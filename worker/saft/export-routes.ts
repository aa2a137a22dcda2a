import { Hono } from 'hono'
import * as z from 'zod/mini'
import { noteExport } from '#worker/alerts/write-export-alert.ts'
import { Month } from '#worker/core/date-schema.ts'
import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { attachment, bodyOf } from '#worker/exports/text-stream.ts'
import { type ZipFile, zipped } from '#worker/exports/zip-stream.ts'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import type { ExportStamp } from './export-header.ts'
import { type SaftPart, saftFileName } from './export-part.ts'
import { readSaftExport, readSaftParts, type SaftExport, saftFile } from './export-saft.ts'
import { readSaftFiles } from './read-saft-files.ts'

const months = {
  fromMonth: z.optional(Month),
  toMonth: z.optional(Month),
  version: z.optional(z.enum(['1.40'], { error: 'field/invalid' })),
  language: z.optional(z.string()),
}
const SaftQuery = z.strictObject({
  ...months,
  format: z.optional(z.enum(['xml', 'zip'], { error: 'field/invalid' })),
})
const SaftPartsQuery = z.strictObject(months)
const SaftPartsAnswer = z.object({
  ledgerVersion: z.int(),
  files: z.array(
    z.object({
      name: z.string(),
      version: z.enum(['1.30', '1.40']),
      fiscalYear: z.int(),
      fromDate: z.string(),
      toDate: z.string(),
      vouchers: z.int(),
      debit: z.int(),
      credit: z.int(),
      undistributedResult: z.int(),
      /** Accounts without a grouping of their own, reported where the standard chart has their number. */
      withoutGrouping: z.array(z.string()),
    }),
  ),
})

const MONTHS =
  'Whole months; without them the fiscal year of the newest entry. Version 1.30, from 2027 on 1.40; `version=1.40` asks for it before. '
const PROBLEMS = ['request/invalid', 'period/reversed', 'period/unknown'] as const
const today = (): IsoDate => dayInOslo(new Date().toISOString() as Instant)

/** SAF-T Financial of a company's own books. Mounted at /companies/:company. */
export const saftExports = new Hono<Env>()
  .get(
    '/exports/saft',
    operation({
      summary: 'SAF-T Financial',
      description: `${MONTHS}Months of several fiscal years come as a ZIP with one whole file for each year, all at one ledger version; so does one year with \`format=zip\`.`,
      access: 'report:read',
      query: SaftQuery,
      answer: { status: 200, mediaType: 'application/xml', description: 'The file, streamed' },
      problems: PROBLEMS,
    }),
    async (c) => {
      const wish = acceptQuery(c, SaftQuery)
      const at = new Date().toISOString()
      const parts = await readSaftParts(c.var.db, wish, today())
      const first = await readSaftExport(c.var.db, parts[0]!, today())
      const { organisationNumber } = first.masters.company
      const stamp = {
        createdDate: today(),
        person: c.var.principal.name,
        userId: c.var.principal.id,
        chainHead: first.report.chainHead,
        atVersion: first.span.atVersion,
      }
      const headers = (name: string, type: string) => ({
        'content-type': type,
        'content-disposition': attachment(name),
        'cache-control': 'no-store',
        'ledger-version': String(first.span.atVersion),
      })
      await noteExport(c, 'saft')
      const name = saftFileName(organisationNumber, at)
      if (parts.length === 1 && wish.format !== 'zip')
        return c.body(await bodyOf(saftFile(c.var.db, first, stamp)), 200, headers(name, 'application/xml'))
      const body = await bodyOf(zipped(filesOf(c.var.db, parts, first, stamp, at)))
      return c.body(body, 200, headers(name.replace(/\.xml$/, '.zip'), 'application/zip'))
    },
  )
  .get(
    '/exports/saft/files',
    operation({
      summary: 'What a SAF-T export would hold',
      description: MONTHS,
      access: 'report:read',
      query: SaftPartsQuery,
      answer: { status: 200, schema: SaftPartsAnswer, description: 'A file a fiscal year, with its version and sums' },
      problems: PROBLEMS,
    }),
    async (c) => c.json(await readSaftFiles(c.var.db, acceptQuery(c, SaftPartsQuery), today())),
  )

async function* filesOf(
  db: Database,
  parts: readonly SaftPart[],
  first: SaftExport,
  stamp: ExportStamp,
  at: string,
): AsyncGenerator<ZipFile> {
  for (const [i, part] of parts.entries()) {
    const made = i === 0 ? first : await readSaftExport(db, part, today(), first.span.atVersion)
    const name = saftFileName(made.masters.company.organisationNumber, at, i + 1, parts.length)
    yield { name, chunks: saftFile(db, made, stamp) }
  }
}
