import { Problem } from './problem.ts'

/**
 * Refuses an update that was meant for another version than the one that stands. Undefined: whichever stands.
 * @throws Problem 409 version/stale, with the version that stands.
 */
export function checkVersion(wanted: number | undefined, current: number): void {
  if (wanted !== undefined && wanted !== current)
    throw new Problem(409, 'version/stale', { params: { version: current } })
}
