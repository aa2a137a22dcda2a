// The numbers in the messages between Microsoft's Excel client library and its host. The protocol is not documented: these
// were read off the traffic of @microsoft/office-js 1.1.110. Pin that version; run tests/addin before taking another.

/** Message envelope: { type, id, message }. */
export const MESSAGE = { request: 1, response: 2, hostEvents: 3 } as const

/** How an object is reached. A request carries a table of object paths, and actions that name them by id. */
export const PATH = { root: 1, newObject: 2, method: 3, property: 4, indexer: 5, reference: 6, nullObject: 7 } as const

/** What is done with an object. Actions run in order; the first that fails ends the batch. */
export const ACTION = { instantiate: 1, query: 2, method: 3, setProperty: 4, trace: 5 } as const

/** Host events: [category, type, target, payload]. */
export const EVENT = {
  sheets: 65_536,
  dataChanged: 10,
  activated: 11,
  selectionChanged: 14,
  customFunctions: 1,
  invoke: 1000,
  cancel: 1001,
} as const
/** The target of events that a collection of sheets listens to. */
export const WHOLE_WORKBOOK = 'Workbook'

/** Fourth element of an invocation: a cell that may be cancelled, a cell that streams. */
export const FLAG = { none: 0, cancelable: 1, streaming: 2 } as const

/** Excel's own limits; a payload is counted in bytes, each way, as Excel for the web counts it. */
export const LIMIT = { rows: 1_048_576, columns: 16_384, payload: 5 * 1024 * 1024, text: 32_767 } as const

/** A refusal that the client library turns into an OfficeExtension.Error with this code. */
export class Refusal extends Error {
  readonly code: string
  constructor(code: string, message = code) {
    super(message)
    this.code = code
  }
}
export const refuse = (code: string, message?: string): never => {
  throw new Refusal(code, message)
}

/** What getItemOrNullObject gives when there is nothing. */
export const NULL = Symbol('null object')

export type Request = {
  ObjectPaths: Record<string, ObjectPath>
  Actions: readonly Action[]
}
export type Arguments = { Arguments?: readonly unknown[]; ReferencedObjectPathIds?: readonly (number | null)[] }
export type ObjectPath = {
  ObjectPathType: number
  Name: string
  ParentObjectPathId?: number
  ArgumentInfo?: Arguments
}
export type Action = {
  Id: number
  ActionType: number
  Name: string
  ObjectPathId: number
  ArgumentInfo?: Arguments
  QueryInfo?: { Select?: string[] }
}
/** [category, type, target, payload] */
export type HostEvent = readonly [number, number, string, unknown]
