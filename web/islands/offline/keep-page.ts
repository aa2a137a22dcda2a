import { byId } from '../voucher/element.ts'
import { assetsIn, clearOld, keepAnswer, keepAssets, keptAnswer, openShelf } from './shelf.ts'

/** What is kept of a company's API: what the grid begins with. */
const BEGINS_WITH = /^\/api\/v1\/(?:companies\/\w+\/(?:books|templates|screen-layouts)|me\/settings\/)/
/** How long an answer is waited for where a kept one is at hand, in milliseconds. */
const PATIENCE_MS = 8_000
const KEPT_OF = 'kept-of'

/** Reads as `fetch` does. What the grid begins with is kept, and given as it was when there is no answer. */
export class KeptReading {
  readonly #shelf: Promise<Cache | undefined>

  constructor(company: string, user: string) {
    this.#shelf = openShelf(company, user).catch(() => undefined) // a browser that keeps nothing
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const path = String(input)
    if ((init?.method ?? 'GET') !== 'GET' || !BEGINS_WITH.test(path)) return fetch(input, init)
    const shelf = await this.#shelf
    const kept = shelf && (await keptAnswer(shelf, path))
    const signal = kept ? AbortSignal.timeout(PATIENCE_MS) : null
    const answer = await fetch(input, { ...init, signal }).catch((error: Error) => {
      if (!kept) throw error
    })
    if (answer?.ok && shelf) keepAnswer(shelf, path, answer.clone()).catch(() => {}) // no room: nothing is kept
    return answer && (answer.status < 500 || !kept) ? answer : kept!
  }

  /** Keeps the page that stands here, and has it shown when the network is away. */
  async keepPage(): Promise<void> {
    const shelf = await this.#shelf
    if (!shelf || !navigator.serviceWorker) return
    const { pathname } = location
    await navigator.serviceWorker.register('/offline-worker.js', { scope: pathname })
    new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) void keepAsset(shelf, name)
    }).observe({ type: 'resource', buffered: true })
    const before = await keptAnswer(shelf, pathname)
    const here = likenessOf(document)
    if (before?.headers.get(KEPT_OF) === here) return
    const answer = await fetch(pathname, { headers: { accept: 'text/html' } })
    if (!answer.ok || answer.redirected) return
    const named = assetsIn(await answer.clone().text())
    const standing = assetsIn(document.documentElement.outerHTML)
    if (!named.every((asset) => standing.includes(asset))) return // deployed meanwhile: the next page is kept whole
    const old = before ? assetsIn(await before.text()) : []
    await keepAnswer(shelf, pathname, answer, { [KEPT_OF]: here })
    const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
    if (old.some((asset) => !named.includes(asset))) await keepAssets(shelf, [...named, ...loaded])
    await clearOld()
  }
}

/** Assets are called by what is in them: one that is kept is the same for ever. */
async function keepAsset(shelf: Cache, url: string): Promise<void> {
  if (!url.startsWith(`${location.origin}/assets/`) || (await shelf.match(url))) return
  await shelf.add(url).catch(() => {})
}

/** Of which page a kept one is: another build, language, look or right makes another, and so does another day. */
function likenessOf({ documentElement, head }: Document): string {
  const parts = [documentElement, ...head.querySelectorAll('link, script'), byId('entry')]
  const tags = parts.map((part) => (part.cloneNode(false) as Element).outerHTML)
  return encodeURIComponent([new Date().toDateString(), ...tags].join(''))
}
