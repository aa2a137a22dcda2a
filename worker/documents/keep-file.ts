import { createHash } from 'node:crypto'
import { Problem } from '#worker/core/problem.ts'

/** Parts of a large object: all of one size but the last, 5 MiB at least (R2). Smaller files are held and written once. */
const PART = 5 * 1024 * 1024

export type KeptFile = { sha256: string; size: number; key: string }

/** A file on its way through: read once as it passes, read again once it is kept, and dropped where it is refused. */
export type Keeper = Pick<FileKeeper, 'passing' | 'drain' | 'open' | 'file' | 'discard'>

/**
 * Keeps a file as it streams by: hashed, and stored in parts, so that no more than one part is held. It lies under a key of
 * the caller's, since its SHA-256 is known only when it is whole; a row of the caller's tells it. `discard` leaves nothing behind.
 */
export class FileKeeper {
  private readonly bucket: R2Bucket
  private readonly key: string
  private readonly source: AsyncIterator<Uint8Array>
  private readonly hash = createHash('sha256')
  private part = new Uint8Array(256 * 1024)
  private filled = 0
  private size = 0
  private upload: R2MultipartUpload | undefined
  private readonly parts: R2UploadedPart[] = []
  private kept: KeptFile | undefined

  constructor(bucket: R2Bucket, key: string, bytes: AsyncIterable<Uint8Array>) {
    this.bucket = bucket
    this.key = key
    this.source = bytes[Symbol.asyncIterator]()
  }

  /** The bytes, kept on their way. Whoever stops reading them may still `drain` the rest. */
  async *passing(): AsyncGenerator<Uint8Array> {
    for (let next = await this.source.next(); !next.done; next = await this.source.next()) {
      await this.take(next.value)
      yield next.value
    }
    await this.end()
  }

  /** Keeps the rest without handing it on. */
  async drain(): Promise<void> {
    if (this.kept) return
    for (let next = await this.source.next(); !next.done; next = await this.source.next()) await this.take(next.value)
    await this.end()
  }

  /** What was kept. Only when the file has come to its end. */
  get file(): KeptFile {
    return this.kept!
  }

  /** The kept bytes once more, from the start. */
  async open(): Promise<ReadableStream<Uint8Array>> {
    return openKept(this.bucket, this.key)
  }

  /** Nothing of the file stays. */
  async discard(): Promise<void> {
    await this.source.return?.().catch(() => {})
    if (this.kept) await this.bucket.delete(this.key).catch(() => {})
    else await this.upload?.abort().catch(() => {})
  }

  private async take(chunk: Uint8Array) {
    this.hash.update(chunk)
    this.size += chunk.length
    let from = 0
    while (from < chunk.length) {
      this.makeRoom(this.filled + chunk.length - from)
      const fits = Math.min(this.part.length - this.filled, chunk.length - from)
      this.part.set(chunk.subarray(from, from + fits), this.filled)
      this.filled += fits
      from += fits
      if (this.filled === PART) await this.sendPart()
    }
  }

  private makeRoom(wanted: number) {
    if (wanted <= this.part.length || this.part.length === PART) return
    const larger = new Uint8Array(Math.min(PART, Math.max(wanted, this.part.length * 2)))
    larger.set(this.part.subarray(0, this.filled))
    this.part = larger
  }

  private async sendPart() {
    this.upload ??= await this.bucket.createMultipartUpload(this.key)
    this.parts.push(await this.upload.uploadPart(this.parts.length + 1, this.part.subarray(0, this.filled)))
    this.filled = 0
  }

  private async end() {
    if (this.upload) {
      if (this.filled > 0) await this.sendPart()
      await this.upload.complete(this.parts)
    } else await this.bucket.put(this.key, this.part.subarray(0, this.filled))
    this.kept = { sha256: this.hash.digest('hex'), size: this.size, key: this.key }
    this.part = new Uint8Array(0)
  }
}

/** @throws Problem 404 import/unknown when somebody took it away meanwhile. */
async function openKept(bucket: R2Bucket, key: string): Promise<ReadableStream<Uint8Array>> {
  const kept = await bucket.get(key)
  if (!kept) throw new Problem(404, 'import/unknown')
  return kept.body
}

/** A file that came in parts and lies whole in the bucket: hashed as it passes, and not written again. */
export class KeptUpload {
  private readonly bucket: R2Bucket
  private readonly key: string
  private readonly size: number
  private readonly hash = createHash('sha256')
  private source: AsyncIterator<Uint8Array> | undefined
  private kept: KeptFile | undefined
  private readonly chunks: (bytes: ReadableStream<Uint8Array>) => AsyncIterable<Uint8Array>

  constructor(
    bucket: R2Bucket,
    of: { key: string; size: number },
    chunks: (bytes: ReadableStream<Uint8Array>) => AsyncIterable<Uint8Array>,
  ) {
    this.bucket = bucket
    this.key = of.key
    this.size = of.size
    this.chunks = chunks
  }

  async *passing(): AsyncGenerator<Uint8Array> {
    this.source ??= this.chunks(await this.open())[Symbol.asyncIterator]()
    for (let next = await this.source.next(); !next.done; next = await this.source.next()) {
      this.hash.update(next.value)
      yield next.value
    }
    this.kept ??= { sha256: this.hash.digest('hex'), size: this.size, key: this.key }
  }

  async drain(): Promise<void> {
    if (this.kept) return
    for await (const _ of this.passing());
  }

  get file(): KeptFile {
    return this.kept!
  }

  async open(): Promise<ReadableStream<Uint8Array>> {
    return openKept(this.bucket, this.key)
  }

  /** It stays until its upload is dropped: whoever sent it may choose another way with it. */
  async discard(): Promise<void> {
    await this.source?.return?.().catch(() => {})
  }
}
