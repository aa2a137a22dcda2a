import type { addinPane } from '#i18n/nb/addin-pane.ts'
import type { LedgerApi } from '../api/ledger-api.ts'
import type { Run } from '../excel/run.ts'
import type { FunctionRuntime } from '../functions/function-runtime.ts'
import type { Desk } from '../vouchers/desk.ts'
import type { PaneState } from './pane-state.ts'

/** Work that the user sees going on, by the key of its text. */
export type Busy = keyof typeof addinPane.busy

/** What a part of the pane's model has of the whole: state, Excel, the API, and a way to work so that the user sees it. */
export type PaneHands = {
  readonly run: Run
  readonly api: LedgerApi
  readonly functions: FunctionRuntime
  now(): number
  state(): PaneState
  set(change: Partial<PaneState>): void
  desk(): Desk | undefined
  /** Does work on the open company; what goes wrong is told in the pane. `signal` is the user's wish to stop. */
  withDesk(what: Busy, work: (desk: Desk, signal: AbortSignal) => Promise<void>): Promise<void>
  fail(error: unknown): void
  /** Hands a file to the user. */
  saveFile(name: string, bytes: readonly Uint8Array<ArrayBuffer>[], mediaType: string): void
  /** Shows a cell of a sheet. */
  goTo(address: string, sheet: string): Promise<void>
  /** A version of the ledger was heard of. */
  newest(ledgerVersion: number): void
}
