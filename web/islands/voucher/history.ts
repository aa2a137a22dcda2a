/** What was before, so that it can be undone. Rows are never changed in place, so old states share what did not change. */
export type History<T> = { readonly past: readonly T[]; readonly future: readonly T[] }

const DEPTH = 200

export const noHistory = <T>(): History<T> => ({ past: [], future: [] })

export const remembered = <T>(history: History<T>, before: T): History<T> => ({
  past: [...history.past.slice(-DEPTH + 1), before],
  future: [],
})

/** One step back from `now`; undefined when there is none. */
export function undone<T>({ past, future }: History<T>, now: T): { history: History<T>; state: T } | undefined {
  const state = past.at(-1)
  return state && { state, history: { past: past.slice(0, -1), future: [now, ...future] } }
}

export function redone<T>({ past, future }: History<T>, now: T): { history: History<T>; state: T } | undefined {
  const [state, ...rest] = future
  return state && { state, history: { past: [...past, now], future: rest } }
}
