// A Worker that only says hello, on the same workerd and started the same way: what a request costs before any of our code runs.
import { Connection } from './connection.ts'

export async function startHello(): Promise<{ connect(): Promise<Connection>; close(): Promise<void> }> {
  const { convertV4MiniflareOptions, Log, LogLevel, Miniflare } = await import('miniflare')
  const script = `export default { fetch() { return new Response('{"ok":true}', { headers: { 'content-type': 'application/json' } }) } }`
  const options = convertV4MiniflareOptions({
    name: 'hello',
    modules: [{ type: 'ESModule', path: 'worker.js', contents: script }],
    compatibilityDate: '2026-11-17',
    host: '127.0.0.1',
    port: 0,
    // The same entrance as the product's: straight to the Worker (dev/local-worker.ts).
    unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    cf: false,
    log: new Log(LogLevel.WARN),
  } as never) as object
  const miniflare = new Miniflare({ ...options, telemetry: { enabled: false } } as never)
  await miniflare.ready
  const url = (await miniflare.unsafeGetDirectURL('hello')).href.replace(/\/$/, '')
  return { connect: () => Connection.open(url), close: () => miniflare.dispose() }
}
