import { EXCEL_RANGE } from './model-range.ts'
import { EXCEL_TABLE } from './model-table.ts'
import { EXCEL_WORKBOOK } from './model-workbook.ts'

/** An object of the host: its type's name, its workbook, and whatever the type keeps. */
export type HostObject = { type: string; [key: string]: any }
type Member = (object: any, ...args: any[]) => unknown

/**
 * A type of Excel's object model: what can be navigated (`props`), read (`gets`), set (`sets`) and called (`methods`). A member
 * that is not listed fails loudly with HostNotImplemented, so the add-in can never use more than is modelled.
 */
export type HostType = {
  props?: Record<string, Member>
  gets?: Record<string, Member>
  sets?: Record<string, Member>
  methods?: Record<string, Member>
  /** A collection's items. */
  items?: (object: any) => readonly HostObject[]
  /** What a load without names reads. */
  defaults?: readonly string[]
}

/** Everything the simulated Excel knows. */
export const MODEL: Readonly<Record<string, HostType>> = { ...EXCEL_WORKBOOK, ...EXCEL_RANGE, ...EXCEL_TABLE }
