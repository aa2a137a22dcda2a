import { Hono } from 'hono'
import * as z from 'zod/mini'
import { FilledText } from '#worker/core/text.ts'
import { ListExport } from '#worker/exports/export-query.ts'
import { askingOf, exported, sendTable } from '#worker/exports/send-table.ts'
import { accept, acceptQuery, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { fileOf, SAFT_ASK, SAFT_PROBLEMS } from '#worker/saft/routes.ts'
import { checkSeal, findOldLedger } from './check-seal.ts'
import { readOldLedgerTable } from './export-old-ledger.ts'
import { keepSaft } from './keep-saft.ts'
import { cursorAfter, MOST_ENTRIES, OldEntryAsk, OldEntrySearch, oldQueryOf } from './old-query.ts'
import { openOldFile, removeLedger } from './remove-old-ledger.ts'
import { type OldLedger, readOldAccounts, readOldLedgers, searchOldEntries } from './store.ts'

const TextOrNull = z.nullable(z.string())
const LedgerAnswer = z.object({
  id: z.string(),
  name: z.string(),
  source: z.enum(['saft', 'sheet']),
  fileSha256: z.string(),
  fileSize: z.int(),
  fromDate: TextOrNull,
  toDate: TextOrNull,
  entries: z.int(),
  debit: z.int(),
  credit: z.int(),
  hash: TextOrNull,
  by: z.string(),
  at: z.string(),
  removedAt: TextOrNull,
  removedBy: TextOrNull,
  reason: TextOrNull,
})
const AccountAnswer = z.object({ number: z.string(), name: z.string(), opening: z.int(), closing: z.int() })
const EntryAnswer = z.object({
  ledger: z.string(),
  line: z.int(),
  account: z.string(),
  accountName: z.string(),
  entryDate: z.string(),
  voucher: z.string(),
  text: z.string(),
  amount: z.int(),
  partyKind: TextOrNull,
  party: TextOrNull,
  partyName: TextOrNull,
  invoiceNumber: TextOrNull,
  paymentReference: TextOrNull,
  dueDate: TextOrNull,
  vatCode: TextOrNull,
  currency: TextOrNull,
  currencyAmount: TextOrNull,
})
const OldEntryExport = z.strictObject({
  ...OldEntrySearch,
  language: z.optional(z.string()),
  format: ListExport.shape.format,
})
const Removal = z.strictObject({ reason: FilledText(255) })

/** The general ledger of the system a company came from: kept, sealed, searched, never booked. Mounted at /companies/:company. */
export const oldLedgers = new Hono<Env>()
  .get(
    '/old-ledgers',
    operation({
      summary: 'Old general ledgers that are kept',
      access: 'ledger:read',
      answer: {
        status: 200,
        schema: z.object({ ledgers: z.array(LedgerAnswer) }),
        description: 'The newest days first; those that were removed last, with the reason',
      },
    }),
    async (c) => c.json({ ledgers: await readOldLedgers(c.var.db) }),
  )
  .post(
    '/old-ledgers/saft',
    operation({
      summary: 'Keep a SAF-T file as an old general ledger',
      description:
        'Nothing is booked: every transaction is kept as it stands, texts whole, and sealed with a hash. The body is the file, plain, gzip or a ZIP of several; a file that came in parts is named by `upload`. A sheet is kept with the register `old-ledger` of `POST /imports/sheets`.',
      access: 'import:run',
      ...SAFT_ASK,
      answer: {
        status: 201,
        schema: z.object({ ledgers: z.array(LedgerAnswer), replayed: z.boolean() }),
        description: 'The ledgers; 200 when they were kept before',
      },
      problems: ['old-ledger/empty', ...SAFT_PROBLEMS],
    }),
    async (c) => {
      const { source, fileName, done } = await fileOf(c)
      const archived = await keepSaft({ ...actingOf(c), env: c.env, company: c.var.company, fileName }, source)
      await done()
      return c.json(archived, archived.replayed ? 200 : 201)
    },
  )
  .get(
    '/old-ledgers/entries',
    operation({
      summary: 'Search old general ledgers',
      description:
        'Everything given must hold. `search`: words that stand in text, voucher, invoice number, payment reference, party or account, or a sum in kroner. `amount` in øre, on either side.',
      access: 'ledger:read',
      query: OldEntryAsk,
      answer: {
        status: 200,
        schema: z.object({
          entries: z.array(EntryAnswer),
          sums: z.nullable(z.object({ entries: z.int(), debit: z.int(), credit: z.int() })),
          cursor: TextOrNull,
        }),
        description: 'The newest first; the first page with the sums of all that was found',
      },
    }),
    async (c) => {
      const asked = acceptQuery(c, OldEntryAsk)
      const limit = Math.min(Number(asked.limit ?? 100) || 1, MOST_ENTRIES)
      const { found, sums } = await searchOldEntries(c.var.db, oldQueryOf(asked), limit + 1)
      const entries = found.slice(0, limit)
      return c.json({ entries, sums, cursor: found.length > limit ? cursorAfter(entries.at(-1)!) : null })
    },
  )
  .get(
    '/exports/old-ledger',
    exported('Entries of old general ledgers, as they are searched', 'ledger:read', OldEntryExport),
    async (c) => {
      const { format, language: _, ...asked } = acceptQuery(c, OldEntryExport)
      return sendTable(c, format, await readOldLedgerTable(c.var.db, askingOf(c), oldQueryOf(asked)))
    },
  )
  .get(
    '/old-ledgers/:ledger',
    operation({
      summary: 'An old general ledger with its accounts',
      access: 'ledger:read',
      answer: {
        status: 200,
        schema: z.object({ id: z.string(), accounts: z.array(AccountAnswer) }),
        description: 'Balances as its file states them, in øre',
      },
      problems: ['old-ledger/unknown'],
    }),
    async (c) => {
      const ledger: OldLedger = await findOldLedger(c.var.db, pathText(c, 'ledger'))
      return c.json({ ...ledger, accounts: await readOldAccounts(c.var.db, ledger.id) })
    },
  )
  .get(
    '/old-ledgers/:ledger/file',
    operation({
      summary: 'The file an old general ledger was read from',
      access: 'import:run',
      answer: { status: 200, mediaType: 'application/octet-stream', description: 'As it was sent' },
      problems: ['old-ledger/unknown'],
    }),
    async (c) => {
      const { body, headers } = await openOldFile(c.env, c.var.db, pathText(c, 'ledger'))
      return c.body(body, 200, headers)
    },
  )
  .post(
    '/old-ledgers/:ledger/check',
    operation({
      summary: 'Hold an old general ledger against its seal',
      access: 'ledger:read',
      reads: true,
      answer: {
        status: 200,
        schema: z.object({ holds: z.boolean(), hash: z.string(), stored: z.string() }),
        description: 'The hash it was sealed with, and the hash of all that is stored',
      },
      problems: ['old-ledger/unknown'],
    }),
    async (c) => c.json(await checkSeal({ env: c.env, ...c.var }, pathText(c, 'ledger'))),
  )
  .post(
    '/old-ledgers/:ledger/removal',
    operation({
      summary: 'Remove an old general ledger that was kept by mistake',
      description: 'Whole, with a reason. What it was, its hash and the reason stay.',
      access: 'import:run',
      body: Removal,
      answer: { status: 200, schema: LedgerAnswer, description: 'As it is told from now on' },
      problems: ['old-ledger/unknown'],
    }),
    async (c) => {
      const { reason } = await accept(c, Removal)
      return c.json(await removeLedger(actingOf(c), pathText(c, 'ledger'), reason))
    },
  )
