import { createHash } from 'node:crypto'

/** Parts of a large object: all of one size but the last, 5 MiB at least (R2). Smaller files are held and written once. */
const PART = 5 * 1024 * 1024

export type KeptFile = { sha256: string; size: number; key: string }

/**
 * Keeps a file as it streams by: hashed, and stored in parts, so that no more than one part is held. It gets its lasting key,
 * its SHA-256, when it is whole: `settle` puts it there, `discard` leaves nothing behind.
 */
export class FileKeeper {
  private readonly bucket: R2Bucket
  private readonly temporary: string
  private readonly hash = createHash('sha256')
  private part = new Uint8Array(1024 * 1024)
  private filled = 0
  private size = 0
  private upload: R2MultipartUpload | undefined
  private readonly parts: R2UploadedPart[] = []
  private kept: KeptFile | undefined

  /** `name`: unique to this import. */
  constructor(bucket: R2Bucket, name: string) {
    this.bucket = bucket
    this.temporary = `incoming/${name}`
  }

  /** The same bytes, kept on their way. */
  async *passing(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      await this.take(chunk)
      yield chunk
    }
    await this.end()
  }

  /** Keeps the rest without handing it on. */
  async drain(bytes: AsyncIterator<Uint8Array>): Promise<void> {
    for (let next = await bytes.next(); !next.done; next = await bytes.next());
  }

  /** What was kept. Only when the file has come to its end. */
  get file(): KeptFile {
    return this.kept!
  }

  /** The kept bytes once more, from the start. */
  async open(): Promise<ReadableStream<Uint8Array>> {
    if (!this.upload) return new Response(this.part.slice(0, this.filled)).body!
    return (await this.bucket.get(this.temporary))!.body
  }

  /** Puts the file under its lasting key. */
  async settle(): Promise<KeptFile> {
    const { key } = this.file
    if (!(await this.bucket.head(key))) {
      const content = this.upload ? (await this.bucket.get(this.temporary))!.body : this.part.slice(0, this.filled)
      await this.bucket.put(key, content)
    }
    if (this.upload) await this.bucket.delete(this.temporary)
    return this.file
  }

  /** Nothing of the file stays. */
  async discard(): Promise<void> {
    if (this.upload && !this.kept) await this.upload.abort().catch(() => {})
    else if (this.upload) await this.bucket.delete(this.temporary).catch(() => {})
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
    this.upload ??= await this.bucket.createMultipartUpload(this.temporary)
    this.parts.push(await this.upload.uploadPart(this.parts.length + 1, this.part.subarray(0, this.filled)))
    this.filled = 0
  }

  private async end() {
    if (this.upload) {
      if (this.filled > 0) await this.sendPart()
      await this.upload.complete(this.parts)
    }
    const sha256 = this.hash.digest('hex')
    this.kept = { sha256, size: this.size, key: `files/${sha256}` }
  }
}
