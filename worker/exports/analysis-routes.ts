import { Hono } from 'hono'
import { acceptQuery, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { dimensionsOf } from '#worker/reports/report-query.ts'
import {
  ChangesExport,
  ExplanationExport,
  KeyFiguresExport,
  LiquidityExport,
  ListExport,
  VatExport,
  VerificationsExport,
} from './export-query.ts'
import {
  readBudgetTable,
  readChangesTable,
  readExplanationTable,
  readKeyFiguresTable,
  readLiquidityTable,
  readVatTable,
} from './read-analysis-tables.ts'
import { readVerificationTable } from './read-verification-table.ts'
import { askingOf, exported, sendTable } from './send-table.ts'

const FIGURES = ['period/unreadable', 'fiscal-year/missing', 'dimension/unknown'] as const

/** Reports made of other reports' figures, the VAT specification and budgets as files. Mounted at /companies/:company. */
export const analysisExports = new Hono<Env>()
  .get(
    '/exports/verifications',
    exported('Checks of the books that were made within a period', 'verify:run', VerificationsExport),
    async (c) => {
      const query = acceptQuery(c, VerificationsExport)
      const { db, control, access } = c.var
      return sendTable(c, query.format, await readVerificationTable(db, control, askingOf(c), access, query))
    },
  )
  .get('/exports/key-figures', exported('Key figures', 'report:read', KeyFiguresExport, FIGURES), async (c) => {
    const query = acceptQuery(c, KeyFiguresExport)
    const dimensions = dimensionsOf(query, KeyFiguresExport)
    return sendTable(c, query.format, await readKeyFiguresTable(c.var.db, askingOf(c), query, dimensions))
  })
  .get(
    '/exports/liquidity',
    exported('Cash, and what open items bring in and take out', 'report:read', LiquidityExport),
    async (c) => {
      const query = acceptQuery(c, LiquidityExport)
      return sendTable(c, query.format, await readLiquidityTable(c.var.db, askingOf(c), query))
    },
  )
  .get(
    '/exports/changes',
    exported('What has changed since figures were known', 'report:read', ChangesExport, [
      'report/versions-reversed',
      'date/invalid',
      'dimension/unknown',
    ]),
    async (c) => {
      const query = acceptQuery(c, ChangesExport)
      const dimensions = dimensionsOf(query, ChangesExport)
      return sendTable(c, query.format, await readChangesTable(c.var.db, askingOf(c), query, dimensions))
    },
  )
  .get(
    '/exports/explanation',
    exported('The way from last year’s or the budgeted figure to the actual one', 'report:read', ExplanationExport, [
      ...FIGURES,
      'account/unknown',
      'report-layout/line-unknown',
    ]),
    async (c) => {
      const query = acceptQuery(c, ExplanationExport)
      const dimensions = dimensionsOf(query, ExplanationExport)
      return sendTable(c, query.format, await readExplanationTable(c.var.db, askingOf(c), query, dimensions))
    },
  )
  .get(
    '/exports/vat-specification',
    exported('VAT specification of a term', 'report:read', VatExport, ['vat-term/unknown']),
    async (c) => {
      const query = acceptQuery(c, VatExport)
      return sendTable(c, query.format, await readVatTable(c.var.db, askingOf(c), query))
    },
  )
  .get('/exports/budgets/:budget', exported('A budget', 'budgets:read', ListExport, ['budget/unknown']), async (c) =>
    sendTable(
      c,
      acceptQuery(c, ListExport).format,
      await readBudgetTable(c.var.db, askingOf(c), pathText(c, 'budget')),
    ),
  )
