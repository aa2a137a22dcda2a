import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { withText } from '#i18n/problem-text.ts'
import { sheetToldText } from '#i18n/sheet-import-text.ts'
import { rightsOf } from '#worker/access/permission.ts'
import { Problem } from '#worker/core/problem.ts'
import { Text } from '#worker/core/text.ts'
import { fileNameOf } from '#worker/documents/routes.ts'
import { accept, acceptQuery, pathText } from '#worker/http/accept.ts'
import { actingOf, provingOf, tellingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { ImportList } from '#worker/saft/import-answer.ts'
import type { Receipt } from '#worker/saft/import-saft.ts'
import { told } from '#worker/saft/routes.ts'
import { type ImportJob, readImportJob, readImportJobs } from '#worker/saft/store.ts'
import { SHEET_BYTES } from '#worker/sheets/read-sheet-file.ts'
import { readCockpit } from '#worker/takeover/read-cockpit.ts'
import { ControlAnswer, today } from '#worker/takeover/routes.ts'
import { controlAnswer } from '#worker/takeover/takeover-answer.ts'
import type { ImportContext } from './import-context.ts'
import { REGISTERS } from './import-field.ts'
import type { RowOutcome } from './import-outcome.ts'
import type { Question, Told } from './import-reading.ts'
import { dropControlList, keepControlList } from './keep-control-list.ts'
import { keepSheet } from './keep-sheet.ts'
import { changeChoices, type Opened, openSheetImport } from './open-sheet-import.ts'
import { reverseImport } from './reverse-import.ts'
import { deleteSheetImport, readOpenImports, readSheetImport } from './store.ts'
import { makeImport, type SheetReceipt, tryImport } from './try-import.ts'

export const importContext = (c: Context<Env>): ImportContext => ({
  ...tellingOf(c),
  ...provingOf(c),
  env: c.env,
  access: c.var.access,
  name: c.var.principal.name,
  rights: rightsOf(c.var.access),
})

const RegisterName = z.enum(REGISTERS, 'field/invalid')
const Options = {
  /** Of dimensions: which. Of balances and open items: the day they open. Of open items: whose. Of a budget: its id. */
  dimension: z.optional(Text(40)),
  date: z.optional(Text(10)),
  /** Of a chart: accounts that the sheet lacks are closed from this day. */
  closeMissingFrom: z.optional(Text(10)),
  kind: z.optional(z.enum(['customer', 'supplier'], 'field/invalid')),
  budget: z.optional(Text(128)),
  /** Of vouchers without a column for it. */
  type: z.optional(Text(40)),
}
const SheetQuery = z.strictObject({ register: RegisterName, ...Options })
export const SheetChange = z.strictObject({
  register: z.optional(RegisterName),
  sheet: z.optional(z.nullable(z.int('field/invalid'))),
  header: z.optional(z.nullable(z.int('field/invalid'))),
  columns: z.optional(z.record(Text(4), z.nullable(Text(60)))),
  answers: z.optional(z.record(Text(20), Text(40))),
  options: z.optional(z.strictObject(Options)),
})

const Sentence = z.object({ key: z.string(), message: z.string(), warning: z.boolean() })
const Column = z.object({
  title: z.string(),
  samples: z.array(z.string()),
  field: z.nullable(z.string()),
  why: z.string(),
})
const SheetAnswer = z.object({
  id: z.string(),
  register: z.string(),
  state: z.string(),
  fileName: z.nullable(z.string()),
  sha256: z.string(),
  size: z.int(),
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean(), rows: z.int() })),
  sheet: z.int(),
  header: z.int(),
  columns: z.array(Column),
  options: z.record(z.string(), z.string()),
  told: z.array(Sentence),
})
const Row = z.object({
  row: z.int(),
  status: z.string(),
  subject: z.string(),
  changes: z.record(z.string(), z.array(z.unknown())),
  issues: z.array(z.looseObject({ code: z.string(), message: z.optional(z.string()) })),
})
const TrialAnswer = z.object({
  clean: z.boolean(),
  counts: z.record(z.string(), z.int()),
  rows: z.array(Row),
  passedOver: z.array(z.object({ at: z.int(), why: z.string() })),
  told: z.array(Sentence),
  questions: z.array(
    z.object({
      of: z.string(),
      message: z.string(),
      choices: z.array(z.object({ value: z.string(), message: z.string() })),
    }),
  ),
})

type Locale = Env['Variables']['locale']
const sentences = (told: readonly Told[], locale: Locale) =>
  told.map((t) => ({ key: t.key, message: sheetToldText(t, locale), warning: t.warning ?? false }))
const questionsOf = (questions: readonly Question[], locale: Locale) =>
  questions.map((q) => ({
    of: q.of,
    message: sheetToldText(q.text, locale),
    choices: q.choices.map(({ value, text }) => ({ value, message: sheetToldText(text, locale) })),
  }))
const rowsOf = (rows: readonly RowOutcome[], locale: Locale) =>
  rows.map((row) => ({ ...row, issues: row.issues.map((issue) => withText(issue, locale)) }))

const answerOf = ({ sheetImport, file, sheet, layout, chosen, told }: Opened, locale: Locale) => ({
  id: sheetImport.id,
  register: sheetImport.register,
  state: sheetImport.state,
  fileName: sheetImport.fileName,
  sha256: sheetImport.sha256,
  size: sheetImport.size,
  sheets: file.sheets.map((s) => ({ name: s.name, hidden: s.hidden, rows: s.rows.length })),
  sheet,
  header: layout.header,
  columns: layout.columns,
  options: chosen.choices.options,
  told: sentences(told, locale),
})

const READING = ['sheet/unreadable', 'sheet/macros', 'sheet/empty', 'sheet/too-large'] as const
const TRYING = [
  'version/stale',
  'import/unknown',
  'import/done',
  'sheet/no-rows',
  'budget/unknown',
  'dimension/unknown',
  'takeover/none',
  'takeover/finished',
] as const

/** The body's bytes, no more than a sheet may have. @throws Problem 413 sheet/too-large, 422 sheet/empty. */
async function bytesOf(c: Context<Env>): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () =>
    new Problem(413, 'sheet/too-large', { params: { reason: 'bytes', limit: SHEET_BYTES / 1_000_000 } })
  if (Number(c.req.header('content-length') ?? 0) > SHEET_BYTES) throw tooLarge()
  const bytes = new Uint8Array(await c.req.arrayBuffer())
  if (bytes.length > SHEET_BYTES) throw tooLarge()
  if (bytes.length === 0) throw new Problem(422, 'sheet/empty')
  return bytes
}

/** What a take-over is held against. Mounted at /companies/:company. */
export const controlLists = new Hono<Env>()
  .put(
    '/takeover/control-list',
    operation({
      summary: 'Bring the old system’s trial balance of the day before the cut-over, to hold the ledger against',
      description:
        'The body is the file itself, .xlsx, .csv or rows as they were copied, read as a list of balances is. Nothing is booked from it: each account of it is compared with what stands in the ledger, and its file is named on the proof by SHA-256. It takes the place of the one before.',
      access: 'import:run',
      rawBody: 'application/octet-stream',
      answer: { status: 200, schema: ControlAnswer, description: 'Where the ledger stands otherwise' },
      problems: [
        ...READING,
        'takeover/none',
        'takeover/finished',
        'takeover/control-list-unclear',
        'request/invalid',
        'sheet/no-rows',
      ],
    }),
    async (c) => {
      await keepControlList(actingOf(c), await bytesOf(c), fileNameOf(c))
      return c.json(controlAnswer(await readCockpit(c.var.db, c.var.access.books, today()))!)
    },
  )
  .delete(
    '/takeover/control-list',
    operation({
      summary: 'Take the trial balance that the ledger is held against away',
      access: 'import:run',
      answer: { status: 204, description: 'Gone' },
      problems: ['takeover/none', 'takeover/finished'],
    }),
    async (c) => {
      await dropControlList(actingOf(c))
      return c.body(null, 204)
    },
  )

/** Sheets brought into a register: read, tried, imported, undone. Mounted at /companies/:company. */
export const sheetImports = new Hono<Env>()
  .post(
    '/imports/sheets',
    operation({
      summary: 'Send a sheet to be brought in',
      description:
        'The body is the file itself: .xlsx, .csv in any usual encoding, or rows as they were copied; 20 MB at most. Nothing is brought in yet. The answer says how it was read: which columns hold what, and why.',
      access: 'import:run',
      rawBody: 'application/octet-stream',
      query: SheetQuery,
      answer: { status: 201, schema: SheetAnswer, description: 'How the sheet was read' },
      problems: READING,
    }),
    async (c) => {
      const { register, ...options } = acceptQuery(c, SheetQuery)
      const kept = await keepSheet(importContext(c), await bytesOf(c), { register, fileName: fileNameOf(c), options })
      return c.json(answerOf(await openSheetImport(importContext(c), kept.id), c.var.locale), 201)
    },
  )
  .get(
    '/imports/sheets',
    operation({
      summary: 'Sheets that are begun and not brought in',
      access: 'import:run',
      answer: {
        status: 200,
        schema: z.object({ sheets: z.array(z.object({ id: z.string(), register: z.string() })) }),
        description: 'Newest first',
      },
    }),
    async (c) => {
      const open = await readOpenImports(c.var.db)
      return c.json({ sheets: open.map(({ id, register, fileName, at }) => ({ id, register, fileName, at })) })
    },
  )
  .get(
    '/imports/sheets/:sheet',
    operation({
      summary: 'How a sheet is read',
      access: 'import:run',
      answer: { status: 200, schema: SheetAnswer, description: 'Columns with their meaning, and why' },
      problems: ['import/unknown'],
    }),
    async (c) => c.json(answerOf(await openSheetImport(importContext(c), pathText(c, 'sheet')), c.var.locale)),
  )
  .patch(
    '/imports/sheets/:sheet',
    operation({
      summary: 'Choose how a sheet is read',
      description: 'Sheet, header row, what columns hold by their place, answers and options. What is not named stays.',
      access: 'import:run',
      body: SheetChange,
      answer: { status: 200, schema: SheetAnswer, description: 'How it is read now' },
      problems: ['import/unknown', 'import/done', 'version/stale'],
    }),
    async (c) => {
      const change = await accept(c, SheetChange)
      await changeChoices(c.var, pathText(c, 'sheet'), change as Parameters<typeof changeChoices>[2])
      return c.json(answerOf(await openSheetImport(importContext(c), pathText(c, 'sheet')), c.var.locale))
    },
  )
  .delete(
    '/imports/sheets/:sheet',
    operation({
      summary: 'Drop a sheet that was not brought in',
      access: 'import:run',
      answer: { status: 204, description: 'Gone' },
      problems: ['import/unknown', 'import/done'],
    }),
    async (c) => {
      await dropSheet(c, pathText(c, 'sheet'))
      return c.body(null, 204)
    },
  )
  .post(
    '/imports/sheets/:sheet/dry-run',
    operation({
      summary: 'Try a sheet',
      description: 'What would become of each row. The import opens when `clean` is true, for exactly this reading.',
      access: 'import:run',
      answer: { status: 200, schema: TrialAnswer, description: 'Row by row' },
      problems: TRYING,
    }),
    async (c) => {
      const { trial } = await tryImport(importContext(c), pathText(c, 'sheet'))
      const { locale } = c.var
      const { rows, told, questions, ...rest } = trial
      return c.json({
        ...rest,
        rows: rowsOf(rows, locale),
        told: sentences(told, locale),
        questions: questionsOf(questions, locale),
      })
    },
  )
  .post(
    '/imports/sheets/:sheet/commit',
    operation({
      summary: 'Bring a sheet in',
      description: 'Only after its dry run has passed. The same again gives the first receipt.',
      access: 'import:run',
      answer: {
        status: 201,
        schema: z.object({ importJob: z.string(), counts: z.record(z.string(), z.int()), rows: z.array(Row) }),
        description: 'The receipt; 200 when it was brought in before',
      },
      problems: ['import/not-tried', ...TRYING],
    }),
    async (c) => {
      const { receipt, replayed } = await makeImport(importContext(c), pathText(c, 'sheet'))
      const { locale } = c.var
      const words = { rows: rowsOf(receipt.rows, locale), told: sentences(receipt.told, locale) }
      return c.json({ ...receipt, ...words, replayed }, replayed ? 200 : 201)
    },
  )
  .post(
    '/imports/:import/undo',
    operation({
      summary: 'Take an import back',
      description:
        'While nothing builds on it: a sheet all of it or nothing; of a SAF-T file every voucher is reversed on its own day, and accounts and parties stay. One that was cut off goes on where it was.',
      access: 'import:run',
      answer: { status: 200, schema: z.object({ importJob: z.string() }), description: 'Undone' },
      problems: [
        'import/unknown',
        'import/already-undone',
        'import/built-on',
        'period/locked',
        'takeover/finished',
        'version/stale',
      ],
    }),
    async (c) => {
      await reverseImport(importContext(c), pathText(c, 'import'))
      return c.json({ importJob: pathText(c, 'import') })
    },
  )
  .get(
    '/imports',
    operation({
      summary: 'Imports, newest first',
      access: 'ledger:read',
      answer: { status: 200, schema: ImportList, description: 'Without their receipts' },
    }),
    async (c) => c.json({ imports: await readImportJobs(c.var.db) }),
  )
  .get(
    '/imports/:import',
    operation({
      summary: 'An import with its receipt',
      access: 'ledger:read',
      answer: {
        status: 200,
        schema: z.object({ id: z.string() }),
        description: 'Counts, proof, differences, file, who, when',
      },
      problems: ['import/unknown'],
    }),
    async (c) => {
      const job = await readImportJob(c.var.db, pathText(c, 'import'))
      if (!job) throw new Problem(404, 'import/unknown')
      return c.json({ ...job, receipt: job.receipt ? receiptOf(job, c) : null })
    },
  )

/** A receipt with its sentences in the caller's language. */
function receiptOf({ kind, receipt }: ImportJob, c: Context<Env>) {
  if (kind === 'saft') return told(receipt as Receipt, c)
  if (!('rows' in (receipt as object))) return receipt
  const { rows, told: sentencesOf, ...rest } = receipt as SheetReceipt
  return { ...rest, rows: rowsOf(rows, c.var.locale), told: sentences(sentencesOf, c.var.locale) }
}

/** Drops a sheet and its file. @throws Problem 404 import/unknown; 422 import/done. */
export async function dropSheet(c: Context<Env>, id: string): Promise<void> {
  const found = await readSheetImport(c.var.db, id)
  if (!found) throw new Problem(404, 'import/unknown')
  if (found.state !== 'open') throw new Problem(422, 'import/done')
  const { rowsAffected } = await c.var.db.execute(deleteSheetImport(id))
  if (rowsAffected === 0) throw new Problem(422, 'import/done') // brought in at the same moment: the receipt rests on the file
  await c.env.FILES.delete(found.fileKey)
}
