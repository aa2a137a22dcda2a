import { isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEvents, insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { error } from '#worker/ledger/voucher.ts'
import type {
  Dimension,
  DimensionRules,
  DimensionValue,
  DimensionValueChange,
  NewDimension,
  NewDimensionValue,
} from './dimension.ts'
import {
  insertDimension,
  insertValue,
  readDimensions,
  readUnknownAccounts,
  readValue,
  setRules,
  updateValue,
} from './store.ts'

/** Adds a dimension. @throws Problem 422 dimension/exists. */
export async function createDimension({ db, by, at }: Acting, wanted: NewDimension): Promise<Dimension> {
  const { key, nameNb, nameEn = nameNb } = wanted
  const changes = changesOf(undefined, { nameNb, nameEn })
  try {
    const event = { type: 'dimension.created', at, by, subject: key, changes }
    await db.batch([insertDimension({ key, nameNb, nameEn }), insertEvents(event)], 'write')
  } catch (cause) {
    if (refusalOf(cause)?.kind !== 'taken') throw cause
    throw new Problem(422, 'dimension/exists', { params: { dimension: key } })
  }
  return dimensionCalled(await readDimensions(db), key)
}

/** Adds a value to a dimension. @throws Problem 404 dimension/unknown; 422 dimension/value-exists. */
export async function createValue(
  { db, by, at }: Acting,
  dimension: string,
  wanted: NewDimensionValue,
): Promise<DimensionValue> {
  const { nameNb, nameEn } = dimensionCalled(await readDimensions(db), dimension)
  const value = { code: wanted.code, name: wanted.name, closedFrom: wanted.closedFrom ?? null, version: 1 }
  const { version: _, ...content } = value
  const event = { type: 'dimension-value.created', at, by, subject: `${dimension} ${value.code}` }
  try {
    await db.batch(
      [insertValue(dimension, value), insertEvents({ ...event, changes: changesOf(undefined, content) })],
      'write',
    )
  } catch (cause) {
    if (refusalOf(cause)?.kind !== 'taken') throw cause
    const params = { dimension, dimensionNb: nameNb, dimensionEn: nameEn, value: value.code }
    throw new Problem(422, 'dimension/value-exists', { params })
  }
  return value
}

/** Changes a value's name, or from when it is closed. @throws Problem 404 dimension/unknown; 409 version/stale. */
export async function changeValue(
  { db, by, at }: Acting,
  dimension: string,
  code: string,
  change: DimensionValueChange,
  version: number | undefined,
): Promise<DimensionValue> {
  const found = await readValue(db, dimension, code)
  if (!found) throw new Problem(404, 'dimension/unknown', { params: { dimension, value: code } })
  checkVersion(version, found.version)
  const value = { ...found, ...change }
  const changes = changesOf(found, value)
  if (isUnchanged(changes)) return found
  const event = { type: 'dimension-value.changed', at, by, subject: `${dimension} ${code}`, changes }
  const [updated] = await db.batch(
    [updateValue(dimension, value, found.version), insertEventsIfChanged(event)],
    'write',
  )
  if (updated!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return { ...value, version: found.version + 1 }
}

/**
 * Sets what accounts demand of a dimension.
 * @throws Problem 404 dimension/unknown; 422 request/invalid with account/unknown.
 */
export async function changeRules(
  { db, by, at }: Acting,
  dimension: string,
  { rules }: DimensionRules,
): Promise<Dimension> {
  const found = dimensionCalled(await readDimensions(db), dimension)
  const issues = (await readUnknownAccounts(db, Object.keys(rules))).map((account) =>
    error('account/unknown', `#/rules/${account.replaceAll('~', '~0').replaceAll('/', '~1')}`, { account }),
  )
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const before = Object.fromEntries(Object.keys(rules).map((account) => [account, found.rules[account] ?? 'optional']))
  const changes = changesOf(before, rules)
  if (isUnchanged(changes)) return found
  const touched = Object.keys(changes).map((account) => ({ account }))
  const event = { type: 'dimension-rule.changed', at, by, subject: dimension, touched, changes }
  await db.batch([...setRules(dimension, rules), insertEvents(event)], 'write')
  return dimensionCalled(await readDimensions(db), dimension)
}

function dimensionCalled(dimensions: readonly Dimension[], key: string): Dimension {
  const found = dimensions.find((d) => d.key === key)
  if (!found) throw new Problem(404, 'dimension/unknown', { params: { dimension: key } })
  return found
}
