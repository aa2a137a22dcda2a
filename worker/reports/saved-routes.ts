import { Hono } from 'hono'
import * as z from 'zod/mini'
import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { changeSavedReport, removeSavedReport, saveReport } from './save-report.ts'
import { BlockToSeal, BlockToVerify, NewSavedReport, SavedReportChange } from './saved-report.ts'
import { insertSeal, readSavedReports, readSeal, readSeals } from './saved-store.ts'
import { drawBlock, verifyBlock } from './verify-report.ts'

const Query = z.record(z.string(), z.string())
const SavedAnswer = z.object({
  id: z.string(),
  name: z.string(),
  report: z.string(),
  query: Query,
  shared: z.boolean(),
  owner: z.string(),
  version: z.int(),
  recordedAt: z.string(),
})
const seal = {
  report: z.string(),
  query: Query,
  atVersion: z.int(),
  chainHead: z.nullable(z.string()),
  hash: z.string(),
}
const KeptSealAnswer = z.object({ ...seal, by: z.string(), recordedAt: z.string() })
const VerifiedAnswer = z.object({ agrees: z.boolean(), ...seal, fromDate: z.string(), toDate: z.string() })
const today = (): IsoDate => dayInOslo(new Date().toISOString() as Instant)

/** Reports saved under a name, and the seals of reports taken out. Mounted at /companies/:company. */
export const savedReports = new Hono<Env>()
  .get(
    '/saved-reports',
    operation({
      summary: 'Saved reports',
      access: 'report:read',
      answer: {
        status: 200,
        schema: z.object({ reports: z.array(SavedAnswer) }),
        description: 'One’s own and those that are shared, by name',
      },
    }),
    async (c) => c.json({ reports: await readSavedReports(c.var.db, c.var.principal.id) }),
  )
  .post(
    '/saved-reports',
    operation({
      summary: 'Save a report under a name',
      description:
        'The report and the query it is asked with. `shared` is for everyone who reads reports, and takes report:write.',
      access: 'report:read',
      body: NewSavedReport,
      answer: { status: 201, schema: SavedAnswer, description: 'Saved' },
      problems: ['saved-report/exists'],
    }),
    async (c) => {
      const saved = await saveReport(actingOf(c), c.var.access, await accept(c, NewSavedReport))
      return c.json(saved, 201, etagOf(saved.version))
    },
  )
  .patch(
    '/saved-reports/:report',
    operation({
      summary: 'Change a saved report',
      access: 'report:read',
      body: SavedReportChange,
      answer: { status: 200, schema: SavedAnswer, description: 'As it stands now' },
      problems: ['saved-report/unknown', 'saved-report/exists', 'version/stale'],
    }),
    async (c) => {
      const change = await accept(c, SavedReportChange)
      const saved = await changeSavedReport(actingOf(c), c.var.access, pathText(c, 'report'), change, ifMatch(c))
      return c.json(saved, 200, etagOf(saved.version))
    },
  )
  .delete(
    '/saved-reports/:report',
    operation({
      summary: 'Remove a saved report',
      access: 'report:read',
      answer: { status: 204, description: 'Gone' },
      problems: ['saved-report/unknown'],
    }),
    async (c) => {
      await removeSavedReport(actingOf(c), c.var.access, pathText(c, 'report'))
      return c.body(null, 204)
    },
  )
  .get(
    '/reports/seals',
    operation({
      summary: 'The register of reports taken out',
      access: 'report:read',
      answer: {
        status: 200,
        schema: z.object({ seals: z.array(KeptSealAnswer) }),
        description: 'The newest 500',
      },
    }),
    async (c) => c.json({ seals: await readSeals(c.var.db, 500) }),
  )
  .post(
    '/reports/seals',
    operation({
      summary: 'Seal a report that is taken out',
      description:
        'Draws the report now and keeps what it was drawn from with the hash of its figures, so that it can be verified by the hash alone.',
      access: 'report:read',
      body: BlockToSeal,
      answer: { status: 201, schema: KeptSealAnswer, description: 'Kept for ever; the same figures are the same seal' },
      problems: ['request/invalid'],
    }),
    async (c) => {
      const { report, query } = await accept(c, BlockToSeal)
      const { hash, atVersion, chainHead, fromDate, toDate } = await drawBlock(c.var.db, report, query, today())
      const { by, at } = actingOf(c)
      const { period: _, atVersion: __, asKnownAt: ___, ...rest } = query
      const sealed = { ...rest, fromDate, toDate }
      const kept = { report, query: sealed, atVersion, chainHead, hash, by, recordedAt: at }
      await c.var.db.batch([insertSeal(kept)], 'write')
      return c.json((await readSeal(c.var.db, hash))!, 201)
    },
  )
  .get(
    '/reports/seals/:hash',
    operation({
      summary: 'Verify a report that was taken out, by its hash',
      description: 'The ledger is asked again at the seal’s own version, whatever was posted since.',
      access: 'report:read',
      answer: {
        status: 200,
        schema: z.extend(VerifiedAnswer, { sealed: KeptSealAnswer }),
        description: 'Whether the ledger still gives the same figures',
      },
      problems: ['report-seal/unknown'],
    }),
    async (c) => {
      const hash = pathText(c, 'hash')
      const sealed = await readSeal(c.var.db, hash)
      if (!sealed) throw new Problem(404, 'report-seal/unknown', { params: { hash: hash.slice(0, 12) } })
      return c.json({ ...(await verifyBlock(c.var.db, sealed, today())), sealed })
    },
  )
  .post(
    '/reports/verification',
    operation({
      summary: 'Verify a block of figures by what it says of itself',
      description: 'Report, query, version and hash, as every report’s answer has them. Nothing is stored.',
      access: 'report:read',
      reads: true,
      body: BlockToVerify,
      answer: { status: 200, schema: VerifiedAnswer, description: 'Whether the ledger gives the same figures' },
      problems: ['request/invalid', 'ledger-version/unknown'],
    }),
    async (c) => c.json(await verifyBlock(c.var.db, await accept(c, BlockToVerify), today())),
  )
