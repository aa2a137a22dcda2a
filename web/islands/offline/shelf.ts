import { KEPT_AT } from './kept-at.ts'

/**
 * What a page needs to begin without a network, kept by the browser: a shelf for each company and person, and on it the page, its
 * scripts and styles, and what it read of the company. Decision 42.
 */
const SHELF = 'hovedbok kept '
/** How long what was read is shown without a network, in milliseconds: over a weekend. */
const KEPT_MS = 72 * 3600_000

export const openShelf = (company: string, user: string): Promise<Cache> => caches.open(`${SHELF}${company} ${user}`)

/** The shelf of whoever was here last; none where it cannot be told whose page it is. */
export async function shelfOf(company: string): Promise<Cache | undefined> {
  const names = await shelves()
  const [only, another] = names.filter((name) => name.startsWith(`${SHELF}${company} `))
  return only && !another ? caches.open(only) : undefined
}

export const clearShelf = async (company: string): Promise<void> =>
  clear((await shelves()).filter((name) => name.startsWith(`${SHELF}${company} `)))

/** Nothing remains of anybody but this person; signed out, one is nobody. */
export async function clearOthers(user: string): Promise<void> {
  const others = (await shelves()).filter((name) => name.split(' ').at(-1) !== user)
  if (others.length === 0) return
  await clear(others)
  const workers = await navigator.serviceWorker?.getRegistrations()
  await Promise.all((workers ?? []).map((worker) => worker.unregister()))
}

/** Shelves that nobody has put anything on for so long that they are not shown again. */
export async function clearOld(): Promise<void> {
  const names = await shelves()
  const old = await Promise.all(
    names.map(async (name) => {
      const shelf = await caches.open(name)
      const answers = await Promise.all((await shelf.keys()).map((request) => shelf.match(request, ANY)))
      return answers.some(isFresh) ? undefined : name
    }),
  )
  await clear(old.filter((name) => name !== undefined))
}

/** An answer as it was read, with the moment; undefined when there is none, or it is too old to be shown. */
export async function keptAnswer(shelf: Cache, path: string): Promise<Response | undefined> {
  const kept = await shelf.match(path, ANY)
  return isFresh(kept) ? kept : undefined
}

export async function keepAnswer(shelf: Cache, path: string, answer: Response, more = {}): Promise<void> {
  const headers = new Headers({ ...Object.fromEntries(answer.headers), ...more, [KEPT_AT]: new Date().toISOString() })
  await shelf.put(path, new Response(await answer.blob(), { headers }))
}

/** The scripts and styles that a page names. */
export const assetsIn = (html: string): string[] => html.match(/\/assets\/[\w./-]+/g) ?? []

/** Takes away scripts and styles of builds before this one: all but these. */
export async function keepAssets(shelf: Cache, paths: readonly string[]): Promise<void> {
  for (const request of await shelf.keys()) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/assets/') && !paths.includes(pathname)) await shelf.delete(request, ANY)
  }
}

/** Language and person are the shelf's own. */
const ANY = { ignoreVary: true } as const

const isFresh = (kept: Response | undefined): boolean =>
  Date.now() - Date.parse(kept?.headers.get(KEPT_AT) ?? '') < KEPT_MS

const shelves = async (): Promise<string[]> => (await caches.keys()).filter((name) => name.startsWith(SHELF))
async function clear(names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => caches.delete(name)))
}
