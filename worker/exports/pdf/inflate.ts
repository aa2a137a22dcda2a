/** Bytes unpacked, of which just so many are wanted. @throws Error when there are more or fewer. */
export async function inflated(bytes: Uint8Array, wanted: number): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('deflate'))
  const reader = stream.getReader()
  const out = new Uint8Array(wanted)
  for (let at = 0; ; ) {
    const { done, value } = await reader.read()
    if (done && at === wanted) return out
    if (done || at + value.length > wanted) {
      await reader.cancel()
      throw new Error('not as many bytes as the image has')
    }
    out.set(value, at)
    at += value.length
  }
}
