import type { Measure, ReportBatch, ReportGroup } from '#worker/reports/report-batch.ts'

/** One figure asked for, as it can be looked up: everything that decides it but the version it is pinned to. */
export type FigureQuery = {
  readonly measure: Measure
  readonly account: string
  readonly period: string
  /** Sorted by key; `party`, and its `partyKind`, among them. */
  readonly dimensions: Readonly<Record<string, string>>
  readonly atVersion?: number | undefined
  readonly asKnownAt?: string | undefined
  readonly budgetVersion?: string | undefined
}

const groupKey = ({ measure, dimensions, atVersion, asKnownAt, budgetVersion }: FigureQuery): string =>
  JSON.stringify([measure, dimensions, atVersion ?? null, asKnownAt ?? null, budgetVersion ?? null])

/** The same text for the same figure. */
export const keyOf = (query: FigureQuery): string => `${groupKey(query)} ${query.account} ${query.period}`

/** A request, and the key of each of its cells, group by group. */
export type BatchRequest = { batch: ReportBatch; keys: string[][] }
export type Limits = { cells: number; bytes: number; groups: number }

/**
 * Requests for all figures: alike ones are asked for together, with the accounts and periods written once. As few requests as
 * the limits allow. `pinned` is the version that all figures without one of their own are drawn from.
 */
export function requestsOf(
  queries: ReadonlyMap<string, FigureQuery>,
  pinned: number | undefined,
  limits: Limits,
): BatchRequest[] {
  const requests: BatchRequest[] = []
  let current: Filling | undefined
  for (const [key, query] of queries) {
    const group = groupKey(query)
    if (!current?.takes(group, limits)) {
      current = new Filling(pinned)
      requests.push(current.request)
    }
    current.add(key, query, group)
  }
  return requests
}

type Axis = Map<string, number>

class Filling {
  readonly request: BatchRequest
  readonly #groups = new Map<string, { at: number; accounts: Axis; periods: Axis }>()
  #cells = 0
  #bytes = 60

  constructor(pinned: number | undefined) {
    this.request = { batch: { atVersion: pinned ?? 'latest', groups: [] }, keys: [] }
  }

  takes(key: string, limits: Limits): boolean {
    if (this.#cells >= limits.cells || this.#bytes > limits.bytes - 1_000) return false
    return this.#groups.has(key) || this.#groups.size < limits.groups
  }

  add(key: string, query: FigureQuery, of: string): void {
    const group = this.#group(of, query)
    const { accounts, periods, cells } = this.request.batch.groups[group.at]!
    const cell: [number, number] = [
      this.#place(group.accounts, accounts, query.account),
      this.#place(group.periods, periods, query.period),
    ]
    cells.push(cell)
    this.request.keys[group.at]!.push(key)
    this.#cells++
    this.#bytes += 4 + String(cell[0]).length + String(cell[1]).length
  }

  #group(key: string, query: FigureQuery) {
    const found = this.#groups.get(key)
    if (found) return found
    const { measure, atVersion, asKnownAt, budgetVersion } = query
    const { party, partyKind, ...dimensions } = query.dimensions
    const group: ReportGroup = {
      measure,
      ...(Object.keys(dimensions).length > 0 && { dimensions }),
      ...(party !== undefined && { party }),
      ...(partyKind !== undefined && { kind: partyKind as NonNullable<ReportGroup['kind']> }),
      ...(atVersion !== undefined && { atVersion }),
      ...(asKnownAt !== undefined && { asKnownAt: asKnownAt as never }),
      ...(budgetVersion !== undefined && { budgetVersion }),
      accounts: [],
      periods: [],
      cells: [],
    }
    const made = { at: this.request.batch.groups.length, accounts: new Map(), periods: new Map() }
    this.request.batch.groups.push(group)
    this.request.keys.push([])
    this.#groups.set(key, made)
    this.#bytes += key.length + 60
    return made
  }

  #place(axis: Axis, list: string[], value: string): number {
    const found = axis.get(value)
    if (found !== undefined) return found
    axis.set(value, list.length)
    list.push(value)
    this.#bytes += value.length + 3
    return list.length - 1
  }
}
