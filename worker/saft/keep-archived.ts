import { createHash } from 'node:crypto'
import type { KeptFile } from '#worker/documents/keep-file.ts'

/** A file within a kept archive: unfolded each time it is read, and known by the SHA-256 of its own bytes. */
export class ArchivedSaft {
  readonly chunks: () => AsyncIterable<Uint8Array>
  private readonly key: string
  private kept: KeptFile | undefined

  constructor(chunks: () => AsyncIterable<Uint8Array>, key: string) {
    this.chunks = chunks
    this.key = key
  }

  async *passing(): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of this.chunks()) {
      hash.update(chunk)
      size += chunk.length
      yield chunk
    }
    this.kept = { sha256: hash.digest('hex'), size, key: this.key }
  }

  async drain(): Promise<void> {
    if (this.kept) return
    for await (const _ of this.passing());
  }

  get file(): KeptFile {
    return this.kept!
  }

  async open(): Promise<ReadableStream<Uint8Array>> {
    const source = this.chunks()[Symbol.asyncIterator]()
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await source.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    })
  }

  async discard(): Promise<void> {}
}
