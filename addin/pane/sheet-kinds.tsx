/** @jsxImportSource hono/jsx/dom */
import type { addinPane } from '#i18n/nb/addin-pane.ts'
import type { Permission } from '#worker/access/permission.ts'
import type { PaneModel } from './pane-model.ts'
import { later, type View } from './parts.tsx'

/**
 * A kind of sheet that the add-in makes and works on. It is declared here and nowhere else; its name and help stand in
 * `sheetKinds` of the pane's texts. The pane then offers it to those who may, shows its view while such a sheet is in front,
 * and tells it of changes.
 */
export type SheetKind = {
  readonly id: keyof typeof addinPane.sheetKinds
  /** Whether a table of this name is one of the kind's. */
  owns(table: string): boolean
  readonly access: Permission
  /** Makes the sheet, or shows the one there is. */
  insert(model: PaneModel): Promise<void>
  /** A company was opened: what stands unfinished in the workbook is seen to. */
  opened?(model: PaneModel): Promise<void>
  /** Cells were changed somewhere; `typed` are the addresses that this user wrote in. */
  changed?(model: PaneModel, typed: readonly string[]): Promise<void>
  /** One of its sheets came to the front; for kinds that a workbook may have several of. */
  inFront?(model: PaneModel, table: string): Promise<void>
  /** Whether something of the kind waits to be seen to though the workbook has no such sheet. */
  unfinished?(model: PaneModel): boolean
  /** What the pane shows while such a sheet is in front. */
  readonly View: View
}
export type SheetKindId = SheetKind['id']

/** Their own, beside excel/voucher-table.ts and registers/budget-sheet.ts: those are read with the sheets. */
const VOUCHER_TABLE = /^tblBilag_?\d*$/i
const BUDGET_TABLE = /^tblBudsjett_?\d*$/i
const OPENING_TABLE = /^tblIB_?\d*$/i
const MOVEMENT_TABLE = 'tblBevegelser'
const COMPARISON_TABLE = 'tblFjorarstall'
const ACCOUNTS_TABLE = 'tblKontoplan'
const PARTIES_TABLE = 'tblParter'

export const SHEET_KINDS: readonly SheetKind[] = [
  {
    id: 'vouchers',
    owns: (table) => VOUCHER_TABLE.test(table),
    access: 'ledger:post',
    insert: (model) => model.vouchers.insertSheet(),
    opened: (model) => model.vouchers.opened(),
    changed: (model, typed) => model.vouchers.look(typed),
    inFront: (model, table) => model.vouchers.turnTo(table),
    unfinished: (model) => (model.desk?.record.memory.size ?? 0) > 0,
    View: later(() => import('./vouchers-tab.tsx').then(({ VouchersTab }) => VouchersTab)),
  },
  {
    id: 'budget',
    owns: (table) => BUDGET_TABLE.test(table),
    access: 'budgets:read',
    insert: async (model) => (await model.readBudgets()).choose(),
    opened: async (model) => (await model.readBudgets()).look(),
    changed: async (model) => (await model.readBudgets()).look(),
    inFront: async (model, table) => (await model.readBudgets()).turnTo(table),
    View: later(() => import('../registers/budget-tab.tsx').then(({ BudgetTab }) => BudgetTab)),
  },
  {
    id: 'opening',
    owns: (table) => OPENING_TABLE.test(table),
    access: 'import:run',
    insert: async (model) => (await model.readOpening()).choose(),
    opened: async (model) => (await model.readOpening()).look(),
    changed: async (model) => (await model.readOpening()).look(),
    inFront: async (model, table) => (await model.readOpening()).turnTo(table),
    View: later(() => import('../registers/opening-tab.tsx').then(({ OpeningTab }) => OpeningTab)),
  },
  {
    id: 'movements',
    owns: (table) => table === MOVEMENT_TABLE,
    access: 'import:run',
    insert: async (model) => (await model.readMovements()).insertSheet(),
    opened: async (model) => (await model.readMovements()).look(),
    changed: async (model) => (await model.readMovements()).look(),
    View: later(() => import('../registers/movement-tab.tsx').then(({ MovementTab }) => MovementTab)),
  },
  {
    id: 'comparison',
    owns: (table) => table === COMPARISON_TABLE,
    access: 'import:run',
    insert: async (model) => (await model.readComparison()).insertSheet(),
    opened: async (model) => (await model.readComparison()).look(),
    changed: async (model) => (await model.readComparison()).look(),
    View: later(() => import('../registers/comparison-tab.tsx').then(({ ComparisonTab }) => ComparisonTab)),
  },
  {
    id: 'accounts',
    owns: (table) => table === ACCOUNTS_TABLE,
    access: 'register:read',
    insert: async (model) => (await model.readList('accounts')).insertSheet(),
    opened: async (model) => (await model.readList('accounts')).look(),
    changed: async (model) => (await model.readList('accounts')).look(),
    View: later(() => import('../registers/list-tab.tsx').then(({ AccountsTab }) => AccountsTab)),
  },
  {
    id: 'parties',
    owns: (table) => table === PARTIES_TABLE,
    access: 'register:read',
    insert: async (model) => (await model.readList('parties')).insertSheet(),
    opened: async (model) => (await model.readList('parties')).look(),
    changed: async (model) => (await model.readList('parties')).look(),
    View: later(() => import('../registers/list-tab.tsx').then(({ PartiesTab }) => PartiesTab)),
  },
]
