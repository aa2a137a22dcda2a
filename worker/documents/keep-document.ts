import { type DocumentId, idFromHash, idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { SIZE_LIMIT } from './document.ts'
import { FileKeeper, type KeptFile } from './keep-file.ts'
import { HEAD, type MediaType, sniff } from './media-type.ts'
import { insertDocument, type KeptDocument, readDocumentByHash } from './store.ts'

type Arriving = Acting & { bucket: R2Bucket; company: string; fileName: string | null }

/**
 * Keeps a document as it streams in, and stamps it with the next number. The same bytes again are the document that is here
 * already, with `replayed`. Never more than one part of the file is held (keep-file.ts).
 * @throws Problem 415 document/type, document/markup, xml/doctype; 413 request/too-large; 422 document/empty.
 */
export async function keepDocument(
  arriving: Arriving,
  body: ReadableStream<Uint8Array> | null,
): Promise<{ document: KeptDocument; replayed: boolean }> {
  const { db, bucket, company, by, at } = arriving
  const objectKey = `documents/${company}/${idOf('obj', crypto.getRandomValues(new Uint8Array(17)))}`
  const typed: { mediaType?: MediaType } = {}
  const keeper = new FileKeeper(bucket, objectKey, inspected(body, typed))
  try {
    await keeper.drain()
    const here = await readDocumentByHash(db, keeper.file.sha256)
    if (!here) {
      const { sha256, size } = keeper.file
      const id: DocumentId = idFromHash('doc', sha256)
      const row = { id, sha256, objectKey, size, mediaType: typed.mediaType!, fileName: arriving.fileName }
      const event = { type: 'document.received', at, by, subject: id }
      await db.batch([insertDocument({ ...row, recordedAt: at, by }), insertEvents(event)], 'write')
      return { document: (await readDocumentByHash(db, sha256))!, replayed: false }
    }
    await keeper.discard()
    return { document: here, replayed: true }
  } catch (error) {
    const file = fileOf(keeper)
    const raced = refusalOf(error)?.kind === 'taken' && file ? await readDocumentByHash(db, file.sha256) : undefined
    // An error without an answer may have been a success: the object stays where a row may point at it.
    if (error instanceof Problem || refusalOf(error)) await keeper.discard()
    if (raced) return { document: raced, replayed: true }
    throw error
  }
}

const fileOf = (keeper: FileKeeper): KeptFile | undefined => keeper.file

/** The bytes as they come, once the first of them have told what the file is; stops at the size limit. */
async function* inspected(
  body: ReadableStream<Uint8Array> | null,
  typed: { mediaType?: MediaType },
): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  try {
    let held: Uint8Array = new Uint8Array(0)
    let size = 0
    for (let next = await reader?.read(); next && !next.done; next = await reader!.read()) {
      size += next.value.length
      if (size > SIZE_LIMIT)
        throw new Problem(413, 'request/too-large', { params: { limit: `${SIZE_LIMIT / 1_000_000} MB` } })
      if (typed.mediaType) yield next.value
      else {
        held = joined(held, next.value)
        if (held.length < HEAD) continue
        typed.mediaType = mediaTypeOf(held)
        yield held
      }
    }
    if (size === 0) throw new Problem(422, 'document/empty')
    if (typed.mediaType) return
    typed.mediaType = mediaTypeOf(held)
    yield held
  } finally {
    await reader?.cancel().catch(() => {})
  }
}

function mediaTypeOf(bytes: Uint8Array): MediaType {
  const found = sniff(bytes.subarray(0, HEAD))
  if (found.ok) return found.mediaType
  if (found.reason === 'doctype') throw new Problem(415, 'xml/doctype', { params: { line: 1 } })
  throw new Problem(415, found.reason === 'markup' ? 'document/markup' : 'document/type')
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
