import * as z from 'zod/mini'
import { Problem } from '#worker/core/problem.ts'
import { NewDimensionValue } from '#worker/dimensions/dimension.ts'
import { insertValue, readDimensions, readValues, updateValue } from '#worker/dimensions/store.ts'
import { changesOf, type NewEvent } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import { parse } from '#worker/http/accept.ts'
import type { ImportContext } from './import-context.ts'
import type { Change, Run } from './import-outcome.ts'
import { listed, outcomesOf } from './row-list.ts'
import { sidesOf } from './run-chart-import.ts'
import type { Read } from './sheet-records.ts'

const Values = z.object({ values: z.array(NewDimensionValue) })

/**
 * Brings values into a dimension: made, renamed or left as they are, all or none.
 * @throws Problem 404 dimension/unknown.
 */
export async function runDimensionImport(
  { db, by, at }: ImportContext,
  read: Read,
  dimension: string,
  dryRun: boolean,
): Promise<Run> {
  const known = (await readDimensions(db)).some((d) => d.key === dimension)
  if (!known) throw new Problem(404, 'dimension/unknown', { params: { dimension } })
  const standing = new Map((await readValues(db, dimension))!.map((v) => [v.code, v]))
  const list = listed(read.rows, 'values', Values, parse)
  const seen = new Map<string, number>()
  const twice = list.good.flatMap(({ row, value }, place) => {
    const first = seen.get(String(value.code))
    seen.set(String(value.code), first ?? row.at)
    return first === undefined
      ? []
      : [
          {
            code: 'sheet/twice',
            severity: 'error' as const,
            pointer: `#/values/${place}/code`,
            params: { value: String(value.code), row: first },
          },
        ]
  })
  const steps = { of: 'dimension' as const, dimension, added: [] as string[], changed: [] as Change[] }
  const statements: ReturnType<typeof insertValue>[] = []
  const events: NewEvent[] = []
  const rows = outcomesOf(list, 'values', twice, (value) => {
    const wanted = value as { code: string; name: string; closedFrom?: string }
    const before = standing.get(wanted.code)
    const subject = `${wanted.code} ${wanted.name}`
    const about = { at, by, subject: `${dimension} ${wanted.code}` }
    if (!before) {
      const fresh = { code: wanted.code, name: wanted.name, closedFrom: wanted.closedFrom ?? null, version: 1 }
      statements.push(insertValue(dimension, fresh))
      const { version: _, ...content } = fresh
      events.push({ ...about, type: 'dimension-value.created', changes: changesOf(undefined, content) })
      steps.added.push(wanted.code)
      return { status: 'new', subject, changes: {} }
    }
    const after = {
      ...before,
      name: wanted.name,
      ...(wanted.closedFrom !== undefined && { closedFrom: wanted.closedFrom }),
    }
    const changes = changesOf(before, after)
    if (Object.keys(changes).length === 0) return { status: 'unchanged', subject, changes: {} }
    statements.push(updateValue(dimension, after, before.version))
    events.push({ ...about, type: 'dimension-value.changed', changes })
    steps.changed.push({ number: wanted.code, ...sidesOf(changes) })
    return { status: 'changed', subject, changes }
  })
  const isDone = dryRun || statements.length === 0
  return { ...read, rows, sum: null, steps, statements: isDone ? [] : [...statements, insertEvents(...events)] }
}
