import { Problem } from '#worker/core/problem.ts'
import type { Source } from './zip-file.ts'

/** Reads an object of the bucket in any order. */
export const objectSource = (bucket: R2Bucket, key: string, size: number): Source => {
  const part = async (offset: number, length: number) => {
    const object = await bucket.get(key, { range: { offset, length } })
    if (!object) throw new Problem(404, 'backup/unknown')
    return object
  }
  return {
    size,
    read: async (offset, length) =>
      length === 0 ? new Uint8Array() : new Uint8Array(await (await part(offset, length)).arrayBuffer()),
    stream: async (offset, length) =>
      length === 0 ? new Blob([]).stream() : ((await part(offset, length)).body as ReadableStream<Uint8Array>),
  }
}
