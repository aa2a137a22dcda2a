import { Problem } from '#worker/core/problem.ts'

/** A place in a list as a text that nobody needs to understand; safe in an address. */
export const cursorText = (place: readonly (string | number)[]): string =>
  btoa(encodeURIComponent(JSON.stringify(place)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/**
 * The place a cursor names; undefined without one. `shape` says what stands where.
 * @throws Problem 422 request/invalid when it is not a cursor of this list.
 */
export function placeOf(
  cursor: string | undefined,
  shape: readonly ('string' | 'number')[],
): (string | number)[] | undefined {
  if (cursor === undefined) return undefined
  const place = read(cursor)
  const fits =
    Array.isArray(place) && place.length === shape.length && place.every((part, i) => fitting(part, shape[i]!))
  if (fits) return place
  throw new Problem(422, 'request/invalid', {
    issues: [{ code: 'field/invalid', severity: 'error', pointer: '#/cursor', params: {} }],
  })
}

const fitting = (part: unknown, type: 'string' | 'number'): boolean =>
  typeof part === type && (type === 'string' || Number.isSafeInteger(part))

function read(cursor: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))))
  } catch {
    return undefined
  }
}
