import type { IsoDate } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import type { ByteSource } from '#worker/core/zip-archive.ts'
import { FileKeeper, type Keeper, KeptUpload } from '#worker/documents/keep-file.ts'
import type { Bindings } from '#worker/http/env.ts'
import { chunksOf, unpacked } from './byte-chunks.ts'
import { ArchivedSaft } from './keep-archived.ts'
import { saftChunks, saftEntries } from './saft-archive.ts'
import { readSaft } from './saft-reader.ts'

/** What is brought in: a body as it comes, or a file that came in parts and lies kept. */
export type SaftSource = { body: ReadableStream<Uint8Array> } | { upload: { fileKey: string; size: number } }

export const newImportId = (): string => idOf('imp', crypto.getRandomValues(new Uint8Array(17)))

export const keeperOf = (env: Bindings, importJob: string, source: SaftSource): Keeper =>
  'body' in source
    ? new FileKeeper(env.FILES, `imports/${importJob}`, chunksOf(source.body))
    : new KeptUpload(env.FILES, { key: source.upload.fileKey, size: source.upload.size }, chunksOf)

export type ArchivedFile = { name: string; keeper: Keeper; startDate: IsoDate | null }

/** The SAF-T files of a kept ZIP archive, oldest first. @throws Problem as `saftEntries`. */
export async function archiveOf(env: Bindings, keeper: Keeper): Promise<ArchivedFile[]> {
  const { key, size } = keeper.file
  const source: ByteSource = {
    size,
    read: async (offset, length) => {
      const range = { offset, length: Math.min(length, size - offset) }
      return new Uint8Array(await (await env.FILES.get(key, { range }))!.arrayBuffer())
    },
  }
  const files: ArchivedFile[] = []
  for (const entry of await saftEntries(source)) {
    const file = new ArchivedSaft(() => saftChunks(source, entry), keeper.file)
    files.push({ name: entry.name, keeper: file, startDate: await startOf(file) })
  }
  const sortKey = (f: ArchivedFile) => `${f.startDate ?? ''} ${f.name}`
  return files.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
}

/** The first day a file says it covers, from its header; no more of it is read. */
async function startOf(file: ArchivedSaft): Promise<IsoDate | null> {
  const done = new Error()
  let found: IsoDate | null = null
  try {
    await readSaft(unpacked(file.chunks()), (r) => {
      if (!r.header) return
      found = r.header.startDate
      throw done
    })
  } catch (error) {
    if (error !== done) throw error
  }
  return found
}
