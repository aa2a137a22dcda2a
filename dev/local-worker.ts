// The Worker as a local instance runs it. Miniflare puts up to four Workers of its own before and behind ours, each a hop of
// 100 to 300 µs: its entry, its router of assets, its proxy, its way out. Here the browser's files are told apart by their paths,
// and databases are reached through bindings that lead straight to their addresses. In production Cloudflare does both.
import type { Bindings } from '#worker/http/env.ts'
import worker, { LedgerWriter as ProductWriter } from '#worker/index.ts'

/** By address, the binding that leads to it: `DATABASE_AT_0`, `DATABASE_AT_1`, … */
type LocalBindings = Bindings & { DATABASE_BINDINGS: Record<string, string>; ASSET_PATHS: readonly string[] }

const known = new WeakMap<LocalBindings, { env: Bindings; assets: Set<string> }>()

function localOf(env: LocalBindings) {
  let local = known.get(env)
  if (!local) {
    const bindings = env as unknown as Record<string, Fetcher>
    const direct = (input: string | Request | URL, init?: RequestInit) => {
      const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url
      const name = env.DATABASE_BINDINGS[url.slice(0, url.indexOf('/', 8))]
      return name === undefined ? fetch(input as Request, init) : bindings[name]!.fetch(input as Request, init)
    }
    local = { env: { ...env, DATABASE_FETCH: direct as typeof fetch }, assets: new Set(env.ASSET_PATHS) }
    known.set(env, local)
  }
  return local
}

const handler = {
  fetch(request: Request, env: LocalBindings, context: ExecutionContext): Response | Promise<Response> {
    const { env: own, assets } = localOf(env)
    const from = request.url.indexOf('/', 8)
    const to = request.url.indexOf('?', from)
    if (assets.has(request.url.slice(from, to < 0 ? undefined : to))) return env.ASSETS!.fetch(request)
    return worker.fetch(request, own, context)
  },
  scheduled: (event: ScheduledController, env: LocalBindings, context: ExecutionContext) =>
    worker.scheduled(event, localOf(env).env, context),
}

/** Under a name of its own: the socket that leads to `default` goes by Miniflare's proxy when there are assets. */
export const Local = handler
export default handler

export class LedgerWriter extends ProductWriter {
  constructor(state: DurableObjectState, env: LocalBindings) {
    super(state, localOf(env).env)
  }
}
