import { RESERVED_KEYS } from '#i18n/filter-words.ts'
import { error, isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEvents, insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import {
  type Dimension,
  type DimensionChange,
  type DimensionDefaults,
  type DimensionRules,
  type DimensionValue,
  type DimensionValueChange,
  type NewDimension,
  type NewDimensionValue,
  nextCode,
} from './dimension.ts'
import {
  insertDimension,
  insertNumbered,
  insertValue,
  readDimensions,
  readUnknownAccounts,
  readValue,
  readValues,
  removeDefaults,
  removeSeries,
  setDefaults,
  setRules,
  setSeries,
  updateNames,
  updateValue,
} from './store.ts'

/** Adds a dimension. @throws Problem 422 dimension/exists; 422 request/invalid when its key means something else. */
export async function createDimension({ db, by, at }: Acting, wanted: NewDimension): Promise<Dimension> {
  const { key, nameNb, nameEn = nameNb } = wanted
  if (RESERVED_KEYS.has(key)) {
    const params = { reason: 'dimension-key', value: key }
    throw new Problem(422, 'request/invalid', { issues: [error('field/invalid', '#/key', params)] })
  }
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

/** Tries for a number of the series, when several are made at once. */
const ATTEMPTS = 20

/**
 * Adds a value to a dimension, under the code given or the next number of its series.
 * @throws Problem 404 dimension/unknown; 422 dimension/value-exists; 422 request/invalid when it has neither code nor series.
 */
export async function createValue(ctx: Acting, dimension: string, wanted: NewDimensionValue): Promise<DimensionValue> {
  const { db } = ctx
  const { nameNb, nameEn, series } = dimensionCalled(await readDimensions(db), dimension)
  if (wanted.code === undefined) {
    if (series) return createNumbered(ctx, dimension, wanted)
    throw new Problem(422, 'request/invalid', { issues: [error('field/required', '#/code', {})] })
  }
  const value = { code: wanted.code, name: wanted.name, closedFrom: wanted.closedFrom ?? null, version: 1 }
  try {
    await db.batch([insertValue(dimension, value), insertEvents(created(ctx, dimension, value))], 'write')
  } catch (cause) {
    if (refusalOf(cause)?.kind !== 'taken') throw cause
    const params = { dimension, dimensionNb: nameNb, dimensionEn: nameEn, value: value.code }
    throw new Problem(422, 'dimension/value-exists', { params })
  }
  return value
}

async function createNumbered(ctx: Acting, dimension: string, wanted: NewDimensionValue): Promise<DimensionValue> {
  const { db } = ctx
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const series = dimensionCalled(await readDimensions(db), dimension).series!
    const taken = new Set((await readValues(db, dimension))!.map((v) => v.code))
    const { code, number } = nextCode(series, taken)
    const value = { code, name: wanted.name, closedFrom: wanted.closedFrom ?? null, version: 1 }
    try {
      const numbered = insertNumbered(dimension, value, series.lastNumber, number)
      const event = insertEventsIfChanged(created(ctx, dimension, value))
      const done = await db.batch([...numbered, event], 'write')
      if (done[0]!.rowsAffected > 0) return value
    } catch (cause) {
      if (refusalOf(cause)?.kind !== 'taken') throw cause // somebody else took the code just now
    }
  }
  throw new Problem(409, 'version/stale')
}

const created = ({ by, at }: Acting, dimension: string, value: DimensionValue) => {
  const { version: _, ...content } = value
  const subject = `${dimension} ${value.code}`
  return { type: 'dimension-value.created', at, by, subject, changes: changesOf(undefined, content) }
}

/** Changes a dimension's names, or how its values are numbered. @throws Problem 404 dimension/unknown. */
export async function changeDimension(
  { db, by, at }: Acting,
  key: string,
  { series, ...names }: DimensionChange,
): Promise<Dimension> {
  const found = dimensionCalled(await readDimensions(db), key)
  const numbered = (d: Dimension['series']) => d && { prefix: d.prefix, digits: d.digits }
  const content = { nameNb: found.nameNb, nameEn: found.nameEn, series: numbered(found.series) }
  const wanted = { ...content, ...names, ...(series !== undefined && { series }) }
  const changes = changesOf(content, wanted)
  if (isUnchanged(changes)) return found
  const event = { type: 'dimension.changed', at, by, subject: key, changes }
  const own = series === undefined ? [] : [series ? setSeries(key, series) : removeSeries(key)]
  await db.batch(
    [updateNames({ key, nameNb: wanted.nameNb, nameEn: wanted.nameEn }), ...own, insertEvents(event)],
    'write',
  )
  return dimensionCalled(await readDimensions(db), key)
}

/**
 * Sets the values that accounts' lines get where one types.
 * @throws Problem 404 dimension/unknown; 422 request/invalid with account/unknown or dimension/unknown.
 */
export async function changeDefaults(
  { db, by, at }: Acting,
  dimension: string,
  { defaults }: DimensionDefaults,
): Promise<Dimension> {
  const found = dimensionCalled(await readDimensions(db), dimension)
  const codes = new Set((await readValues(db, dimension))!.map((v) => v.code))
  const unknown = new Set(await readUnknownAccounts(db, Object.keys(defaults)))
  const issues = Object.entries(defaults).flatMap(([account, value]) => {
    const pointer = `#/defaults/${account.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (unknown.has(account)) return [error('account/unknown', pointer, { account })]
    if (value === null || codes.has(value)) return []
    const { nameNb: dimensionNb, nameEn: dimensionEn } = found
    return [error('dimension/unknown', pointer, { dimension, dimensionNb, dimensionEn, value })]
  })
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const before = Object.fromEntries(Object.keys(defaults).map((account) => [account, found.defaults[account] ?? null]))
  const changes = changesOf(before, defaults)
  if (isUnchanged(changes)) return found
  const touched = Object.keys(changes).map((account) => ({ account }))
  const event = { type: 'dimension-default.changed', at, by, subject: dimension, touched, changes }
  const gone = Object.keys(defaults).filter((account) => defaults[account] === null)
  await db.batch([setDefaults(dimension, defaults), removeDefaults(dimension, gone), insertEvents(event)], 'write')
  return dimensionCalled(await readDimensions(db), dimension)
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
