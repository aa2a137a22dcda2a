import type { CompanyAccess } from '#worker/access/store.ts'
import type { Telling } from '#worker/events/tell-live.ts'
import type { Acting, Proving } from '#worker/http/acting.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import type { Register } from './import-field.ts'
import type { Choices, Layout } from './import-reading.ts'

/** In whose name, and in which company, an import is tried or made. */
export type ImportContext = Acting &
  Telling &
  Proving & {
    env: Bindings
    access: Pick<CompanyAccess, 'id' | 'database' | 'books'>
    name: string
    rights: Rights
  }
/** A sheet as it is to be read: its rows, how it is laid out, and what was chosen. */
export type Chosen = {
  /** The file it came in, under the import's id. */
  source: { id: string; fileName: string | null; sha256: string; size: number }
  register: Register
  /** The sheet that was chosen, and for a budget every sheet that shows. */
  sheets: readonly { name: string; rows: readonly string[][] }[]
  layout: Layout
  choices: Choices
}
