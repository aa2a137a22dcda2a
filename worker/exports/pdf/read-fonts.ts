import { env } from 'cloudflare:workers'
import { assets } from '#web/assets.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { FontFiles } from './font-files.ts'

let read: Promise<FontFiles> | undefined

/** The same files out of what the browser is served, read when an isolate makes its first PDF and kept. */
export function fontFiles(): Promise<FontFiles> {
  read ??= readAll().catch((error: unknown) => {
    read = undefined
    throw error
  })
  return read
}

async function readAll(): Promise<FontFiles> {
  const files = (weight: 400 | 600) =>
    Promise.all(['latin', 'latin-ext'].map((part) => readFont(`inter-${part}-${weight}-normal.woff`)))
  const [regular, bold] = await Promise.all([files(400), files(600)])
  return { regular, bold }
}

async function readFont(name: string): Promise<Uint8Array> {
  // Only the path counts: a binding has no host.
  const answer = await (env as Bindings).ASSETS!.fetch(`https://assets.invalid${assets[name]}`)
  if (!answer.ok) throw new Error(`${name} is not among the assets: ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}
