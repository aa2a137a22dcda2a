// The service worker of the voucher entry page, and of nothing else: its scope is that page of one company. It only stands in for a
// network that is away, with what the page itself has kept (keep-page.ts). Decision 42.
import { clearShelf, keptAnswer, shelfOf } from './shelf.ts'

/** What the browser's types of a page do not know of a worker. */
type Fetching = Event & { request: Request; respondWith(answer: Promise<Response>): void }
type Worker = EventTarget & {
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  registration: { scope: string }
}
const worker = self as unknown as Worker
const company = new URL(worker.registration.scope).pathname.split('/')[2]!

/** How long the network is waited for where there is a kept page, in milliseconds. */
const PATIENCE_MS = 8_000

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) =>
  (event as Event & { waitUntil(done: Promise<void>): void }).waitUntil(worker.clients.claim()),
)
worker.addEventListener('fetch', (event) => {
  const { request } = event as Fetching
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') (event as Fetching).respondWith(pageOr(request, pathname))
  else if (pathname.startsWith('/assets/')) (event as Fetching).respondWith(assetOr(request))
})

/** Whoever asks may not see the page, or there is none. Any other answer without it is as good as none: too many asked, or a fault. */
const REFUSED: ReadonlySet<number> = new Set([401, 403, 404])

/** The page from the network; the kept one when there is no answer. One that is refused is kept no longer. */
async function pageOr(request: Request, pathname: string): Promise<Response> {
  const shelf = await shelfOf(company)
  const kept = shelf && (await keptAnswer(shelf, pathname))
  const asked = fetch(request).catch(() => undefined)
  const answer = await (kept ? Promise.race([asked, after(PATIENCE_MS)]) : asked)
  if (answer && REFUSED.has(answer.status)) await clearShelf(company)
  if (answer && (answer.status < 400 || REFUSED.has(answer.status))) return answer
  return kept ?? answer ?? Response.error()
}

/** Assets are called by what is in them: one that is kept need not be asked for. */
const assetOr = async (request: Request): Promise<Response> =>
  (await (await shelfOf(company))?.match(request, { ignoreVary: true })) ?? fetch(request)

const after = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, ms))
