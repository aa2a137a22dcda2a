import { entries } from './saft-entries.ts'
import { header } from './saft-header.ts'
import { masterFiles } from './saft-masters.ts'
import { branch, type Node } from './saft-reading.ts'

/** The elements of SAF-T Financial that are read; all others are passed over. Source: the XSDs 1.10 to 1.40. */
export const AUDIT_FILE: Node = branch({
  Header: header,
  MasterFiles: masterFiles,
  GeneralLedgerEntries: entries,
})
