import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { differenceText } from '#i18n/import-text.ts'
import { ListExport } from '#worker/exports/export-query.ts'
import { askingOf, exported, sendTable } from '#worker/exports/send-table.ts'
import { accept, acceptQuery, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { wordsOf } from '#worker/saft/routes.ts'
import { type Agreement, explainDifferences, finishImport, readAgreement, reopenImport } from './finish-import.ts'
import { Explanations, Finishing, keyOfDifference, Reopening } from './import-agreement.ts'
import { readImportProof } from './read-import-proof.ts'

const AgreementAnswer = z.object({
  checks: z.array(z.object({ key: z.string(), done: z.boolean(), left: z.int() })),
  differences: z.array(z.object({ key: z.string(), message: z.string(), explanation: z.nullable(z.string()) })),
  agreed: z.nullable(z.object({ at: z.string(), by: z.string(), ledgerVersion: z.int() })),
  /** The day from which these are the books that count: as it stands once finished, as proposed until then. */
  cutOverDate: z.nullable(z.string()),
})

async function agreementAnswer(c: Context<Env>, of: Agreement) {
  const { checks, explained, receipt, cutOverDate } = of
  const agreed = of.agreed && { at: of.agreed.at, by: of.agreed.by, ledgerVersion: of.agreed.ledgerVersion }
  const differences = receipt.differences.map((d) => {
    const key = keyOfDifference(d)
    const message = differenceText(d.kind, wordsOf(d), c.var.locale)
    return { key, message, explanation: explained.get(key)?.text ?? null }
  })
  return c.json({ checks, differences, agreed, cutOverDate })
}

/** A take-over by SAF-T: what does not agree, explained, and finished when all holds. Mounted at /companies/:company. */
export const importAgreements = new Hono<Env>()
  .get(
    '/imports/:import/agreement',
    operation({
      summary: 'Whether the take-over by a SAF-T file can be finished',
      description:
        'Each check is ticked by what stands in the books now, and once finished as it was then; a difference counts until it is explained.',
      access: 'ledger:read',
      answer: { status: 200, schema: AgreementAnswer, description: 'Checks, differences, and who finished it' },
      problems: ['import/unknown'],
    }),
    async (c) => agreementAnswer(c, await readAgreement(c.var.db, pathText(c, 'import'))),
  )
  .patch(
    '/imports/:import/explanations',
    operation({
      summary: 'Explain differences between a SAF-T file and the books',
      description: 'By the `key` of each; those not named stay, and an empty text takes one back.',
      access: 'import:run',
      body: Explanations,
      answer: { status: 200, schema: AgreementAnswer, description: 'As it is now' },
      problems: ['import/unknown', 'import/already-undone', 'takeover/finished'],
    }),
    async (c) => {
      const { explanations } = await accept(c, Explanations)
      return agreementAnswer(c, await explainDifferences(actingOf(c), pathText(c, 'import'), explanations))
    },
  )
  .post(
    '/imports/:import/agreement',
    operation({
      summary: 'Finish the take-over by a SAF-T file',
      description:
        'Files booked before it that nobody has finished are finished with it, when their differences are explained too. Nothing ordinary is posted before `cutOverDate` afterwards: the proposed day where it is left out, no day at all for `none`. A day that stands is never moved back.',
      access: 'import:run',
      query: Finishing,
      answer: { status: 200, schema: AgreementAnswer, description: 'Finished' },
      problems: ['import/unknown', 'import/already-undone', 'takeover/incomplete', 'version/stale'],
    }),
    async (c) => {
      const { cutOverDate } = acceptQuery(c, Finishing)
      return agreementAnswer(c, await finishImport(actingOf(c), pathText(c, 'import'), cutOverDate))
    },
  )
  .delete(
    '/imports/:import/agreement',
    operation({
      summary: 'Take a finished take-over by SAF-T up again',
      description:
        'With the reason, which stands in the log of changes. The cut-over date becomes what other finished files and the day before them have it.',
      access: 'import:run',
      query: Reopening,
      answer: { status: 200, schema: AgreementAnswer, description: 'Open again' },
      problems: ['import/unknown', 'takeover/not-finished', 'version/stale'],
    }),
    async (c) => {
      const { reason } = acceptQuery(c, Reopening)
      return agreementAnswer(c, await reopenImport(actingOf(c), pathText(c, 'import'), reason))
    },
  )
  .get(
    '/exports/imports/:import/proof',
    exported('That every account, party and month agrees with a SAF-T file', 'report:read', ListExport, [
      'import/unknown',
    ]),
    async (c) => {
      const { format = 'pdf' } = acceptQuery(c, ListExport)
      const { db, control } = c.var
      return sendTable(c, format, await readImportProof(db, control, askingOf(c), pathText(c, 'import')))
    },
  )
