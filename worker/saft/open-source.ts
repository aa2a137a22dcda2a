import type { IsoDate } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { cutText } from '#worker/core/text.ts'
import type { ByteSource } from '#worker/core/zip-archive.ts'
import { FileKeeper, type Keeper, KeptUpload } from '#worker/documents/keep-file.ts'
import type { Bindings } from '#worker/http/env.ts'
import { chunksOf, unpacked, ZipArchive } from './byte-chunks.ts'
import { ArchivedSaft } from './keep-archived.ts'
import { saftChunks, saftEntries } from './saft-archive.ts'
import { readSaft } from './saft-reader.ts'

/** What is brought in: a body as it comes, or a file that came in parts and lies kept. */
export type SaftSource = { body: ReadableStream<Uint8Array> } | { upload: { fileKey: string; size: number } }

/** Files that came in parts and lie kept. */
export type Uploaded = { uploads: readonly { fileKey: string; size: number; fileName: string | null }[] }
/** One file as it comes, or several that lie kept. */
export type SaftFiles = { body: ReadableStream<Uint8Array> } | Uploaded

export const newImportId = (): string => idOf('imp', crypto.getRandomValues(new Uint8Array(17)))

/** `of`: the company's id and the import's, under which a body lies; the import's alone while nobody knows whose the file is. */
export const keeperOf = (env: Bindings, of: string, source: SaftSource): Keeper =>
  'body' in source
    ? new FileKeeper(env.FILES, `imports/${of}`, chunksOf(source.body))
    : keptUpload(env, { key: source.upload.fileKey, size: source.upload.size })

/** A file that lies kept, read from its start. */
export const keptUpload = (env: Bindings, of: { key: string; size: number }): Keeper =>
  new KeptUpload(env.FILES, of, chunksOf)

/** The name a file goes by among imports and old ledgers. */
export const archivedName = (name: string): string => cutText(name, 255)

export type ArchivedFile = { name: string; keeper: Keeper; startDate: IsoDate | null }

/** The SAF-T files of a kept ZIP archive, oldest first. @throws Problem as `saftEntries`. */
export async function archiveOf(env: Bindings, { key, size }: { key: string; size: number }): Promise<ArchivedFile[]> {
  const source: ByteSource = {
    size,
    read: async (offset, length) => {
      const range = { offset, length: Math.min(length, size - offset) }
      const part = await env.FILES.get(key, { range })
      if (!part) throw new Problem(404, 'import/unknown') // somebody took it away meanwhile
      return new Uint8Array(await part.arrayBuffer())
    },
  }
  const files: ArchivedFile[] = []
  for (const entry of await saftEntries(source)) {
    const file = new ArchivedSaft(() => saftChunks(source, entry), key)
    files.push({ name: entry.name, keeper: file, startDate: await startOf(file) })
  }
  return files.sort(byStart)
}

/** SAF-T files that lie kept, oldest first; those within ZIP archives are taken out. @throws Problem as reading their headers does. */
export async function filesOf(env: Bindings, uploads: Uploaded['uploads']): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = []
  for (const { fileKey, size, fileName } of uploads) {
    const of = { key: fileKey, size }
    try {
      const startDate = await startOf(keptUpload(env, of))
      files.push({ name: fileName ?? '', keeper: keptUpload(env, of), startDate })
    } catch (error) {
      if (!(error instanceof ZipArchive)) throw error
      files.push(...(await archiveOf(env, of)))
    }
  }
  return files.sort(byStart)
}

const byStart = (a: ArchivedFile, b: ArchivedFile): number => (sortKey(a) < sortKey(b) ? -1 : 1)
const sortKey = (f: ArchivedFile): string => `${f.startDate ?? ''} ${f.name}`

/** The first day a file says it covers, from its header; no more of it is read. */
async function startOf(file: Keeper): Promise<IsoDate | null> {
  const done = new Error()
  let found: IsoDate | null = null
  try {
    await readSaft(unpacked(chunksOf(await file.open())), (r) => {
      if (!r.header) return
      found = r.header.startDate
      throw done
    })
  } catch (error) {
    if (error !== done) throw error
  }
  return found
}
