/** The tables of a WOFF 1.0 font by tag, inflated. Source: W3C WOFF File Format 1.0, sections 3 to 5. */
export async function tablesOf(file: Uint8Array): Promise<Map<string, Uint8Array>> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (view.getUint32(0) !== 0x774f4646) throw new TypeError('not a WOFF font')
  const tables = new Map<string, Uint8Array>()
  for (let i = 0; i < view.getUint16(12); i++) {
    const at = 44 + i * 20
    const tag = String.fromCharCode(...file.subarray(at, at + 4))
    const [offset, packed, size] = [view.getUint32(at + 4), view.getUint32(at + 8), view.getUint32(at + 12)]
    const bytes = file.subarray(offset, offset + packed)
    tables.set(tag, packed < size ? await inflated(bytes) : bytes)
  }
  return tables
}

async function inflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
