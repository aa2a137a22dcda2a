import { readAsset } from '#worker/http/read-asset.ts'
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

const readFont = async (name: string): Promise<Uint8Array> =>
  new Uint8Array(await (await readAsset(name)).arrayBuffer())
