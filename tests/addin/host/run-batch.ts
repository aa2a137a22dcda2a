import { apiSetOf } from './api-sets.ts'
import { type HostObject, type HostType, MODEL } from './model.ts'
import {
  ACTION,
  type Action,
  type Arguments,
  LIMIT,
  NULL,
  type ObjectPath,
  PATH,
  Refusal,
  type Request,
  refuse,
} from './protocol.ts'
import type { Workbook } from './workbook.ts'

type Ran = { Error?: object; Results: readonly { ActionId: number; Value: unknown }[] }
type Found = HostObject | typeof NULL
export type Surroundings = {
  workbook: Workbook
  /** Ranges that the client keeps, by the name we gave it. */
  references: Map<string, HostObject>
  /** Types of the page's own end, beside the workbook's. */
  types: Readonly<Record<string, HostType>>
  /** 'Type.Member' of all that was touched, and of all that nobody modelled. */
  used: Set<string>
  missing: Set<string>
  /** Members that came later than this Excel are refused. */
  level: number
}

const failed = (Code: string, Message: string, ActionIndex?: number) => ({
  Code,
  Message,
  Location: '',
  ...(ActionIndex !== undefined && { ActionIndex }),
})
const capital = (name: string): string => name[0]!.toUpperCase() + name.slice(1)

const refusedWhole = (code: string, message: string): string =>
  JSON.stringify({ Error: failed(code, message), Results: [] } satisfies Ran)

/**
 * Runs one request of so many bytes, and gives the answer as JSON: actions in order; the first that fails ends it, and what came
 * before it stays.
 */
export function runBatch(request: Request, bytes: number, around: Surroundings): string {
  if (bytes > LIMIT.payload) return refusedWhole('RequestPayloadSizeLimitExceeded', 'the request is over 5 MB')
  if (around.workbook.editMode) return refusedWhole('InvalidOperationInCellEditMode', 'a cell is being edited')
  const ran = JSON.stringify(allOf(request, around))
  return Buffer.byteLength(ran) > LIMIT.payload
    ? refusedWhole('ResponsePayloadSizeLimitExceeded', 'the response is over 5 MB')
    : ran
}

function allOf(request: Request, around: Surroundings): Ran {
  const run = new Run(request, around)
  const Results: { ActionId: number; Value: unknown }[] = []
  try {
    for (const action of request.Actions) Results.push({ ActionId: action.Id, Value: run.act(action) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { Error: failed(error.code, error.message, Results.length), Results }
  }
  return { Results }
}

class Run {
  readonly #paths: Record<string, ObjectPath>
  readonly #around: Surroundings
  readonly #found = new Map<number, Found>()

  constructor(request: Request, around: Surroundings) {
    this.#paths = request.ObjectPaths
    this.#around = around
  }

  act(action: Action): unknown {
    if (action.ActionType === ACTION.trace) return undefined
    const object = this.#object(action.ObjectPathId)
    if (action.ActionType === ACTION.instantiate) return object === NULL ? null : this.#identity(object)
    // The client keeps every range it may need again, also one that turns out to be nothing.
    if (object === NULL && /^_(Keep|Remove)Reference$/.test(action.Name)) return undefined
    if (object === NULL)
      return action.ActionType === ACTION.query ? null : refuse('InvalidObjectPath', 'an operation on a null object')
    switch (action.ActionType) {
      case ACTION.query:
        return this.#query(object, action.QueryInfo?.Select)
      case ACTION.setProperty:
        this.#member(object, 'sets', action.Name)(object, ...this.#arguments(action.ArgumentInfo))
        return undefined
      case ACTION.method: {
        const result = this.#member(object, 'methods', action.Name)(object, ...this.#arguments(action.ArgumentInfo))
        return isObject(result) ? undefined : result
      }
      default:
        return refuse('HostNotImplemented', `action ${action.ActionType}`)
    }
  }

  #typeOf = (object: HostObject): HostType => this.#around.types[object.type] ?? MODEL[object.type] ?? {}

  #member(object: HostObject, kind: 'props' | 'gets' | 'sets' | 'methods', name: string) {
    const member = this.#typeOf(object)[kind]?.[name]
    const full = `${object.type}.${name}`
    ;(member ? this.#around.used : this.#around.missing).add(full)
    if (!member) return refuse('HostNotImplemented', `${full} (${kind}) is not in the simulated Excel`)
    const since = apiSetOf(object.type, name)
    if (since > this.#around.level) return refuse('ApiNotFound', `${full} came with ExcelApi ${since}`)
    return member
  }

  #object(id: number): Found {
    let found = this.#found.get(id)
    if (found === undefined) {
      found = this.#walk(this.#paths[id]!)
      this.#found.set(id, found)
    }
    return found
  }

  #walk(path: ObjectPath): Found {
    switch (path.ObjectPathType) {
      case PATH.root:
        return this.#around.workbook as unknown as HostObject
      case PATH.newObject:
        return { type: path.Name, workbook: this.#around.workbook }
      case PATH.nullObject:
        return NULL
      case PATH.reference:
        return this.#around.references.get(path.Name) ?? refuse('InvalidObjectPath', 'a reference that is not kept')
    }
    const parent = this.#object(path.ParentObjectPathId!)
    if (parent === NULL) return NULL
    const isProperty = path.ObjectPathType === PATH.property
    const name = path.ObjectPathType === PATH.indexer ? 'GetItem' : path.Name
    return this.#member(
      parent,
      isProperty ? 'props' : 'methods',
      name,
    )(parent, ...this.#arguments(path.ArgumentInfo)) as Found
  }

  #arguments(info: Arguments | undefined): unknown[] {
    return (info?.Arguments ?? []).map((value, i) => {
      const path = info?.ReferencedObjectPathIds?.[i]
      return path ? this.#object(path) : value
    })
  }

  /** What the client needs to find the object again: ranges are kept, the rest has ids. */
  #identity(object: HostObject): object {
    if (object.type !== 'Range') return object.id === undefined ? {} : { Id: object.id }
    const _ReferenceId = this.#around.workbook.newId('R')
    this.#around.references.set(_ReferenceId, object)
    return { _ReferenceId }
  }

  #query(object: HostObject, select: string[] | undefined): object {
    const { items, gets, defaults = [] } = this.#typeOf(object)
    const names = select?.length ? select : [...defaults]
    if (!items) return this.#read(object, names)
    const own = names.filter((name) => gets?.[capital(name)])
    const ofItems = names.filter((name) => !own.includes(name)).map((name) => name.replace(/^items\//, ''))
    return {
      ...this.#read(object, own),
      _Items: items(object).map((item) => ({ ...this.#identity(item), ...this.#read(item, ofItems) })),
    }
  }

  #read(object: HostObject, names: readonly string[]): Record<string, unknown> {
    const out: Record<string, unknown> = {}
    for (const name of names) {
      const [head = '', ...rest] = name.split('/')
      const key = capital(head)
      if (rest.length === 0) out[key] = this.#member(object, 'gets', key)(object)
      else {
        const next = this.#member(object, 'props', key)(object) as HostObject
        out[key] = { ...(out[key] as object), ...this.#read(next, [rest.join('/')]) }
      }
    }
    return out
  }
}

const isObject = (value: unknown): boolean =>
  value === NULL || (typeof value === 'object' && value !== null && 'type' in value && 'workbook' in value)
