/** What was done, so that it can be undone. Rows are never changed in place, so states share what did not change. */
export type Step<T> = { readonly before: T; readonly after: T }
export type History<T> = { readonly past: readonly Step<T>[]; readonly future: readonly Step<T>[] }

const DEPTH = 200

export const noHistory = <T>(): History<T> => ({ past: [], future: [] })

export const remembered = <T>(history: History<T>, before: T, after: T): History<T> => ({
  past: [...history.past.slice(-DEPTH + 1), { before, after }],
  future: [],
})

/**
 * One step back from `now`; undefined when there is none. Where somebody else has written in between, `redo` takes back what
 * the step changed and nothing else: it makes of `now` what differs from `from` to `to`.
 */
export function undone<T>(
  { past, future }: History<T>,
  now: T,
  redo: (now: T, from: T, to: T) => T,
): { history: History<T>; state: T } | undefined {
  const step = past.at(-1)
  if (!step) return undefined
  const state = now === step.after ? step.before : redo(now, step.after, step.before)
  return { state, history: { past: past.slice(0, -1), future: [step, ...future] } }
}

export function redone<T>(
  { past, future }: History<T>,
  now: T,
  redo: (now: T, from: T, to: T) => T,
): { history: History<T>; state: T } | undefined {
  const [step, ...rest] = future
  if (!step) return undefined
  const state = now === step.before ? step.after : redo(now, step.before, step.after)
  return { state, history: { past: [...past, step], future: rest } }
}
