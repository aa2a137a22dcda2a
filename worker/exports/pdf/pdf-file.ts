const utf8 = new TextEncoder()

/**
 * A PDF file as it is written: objects in the order they are made, each known by its number before it is there, and at the
 * end where each of them stands. Source: ISO 32000-1, section 7.5.
 */
export class PdfFile {
  private readonly offsets: number[] = [0]
  private waiting: Uint8Array[] = []
  private size = 0

  constructor() {
    // Bytes above 127 in a comment tell programs that carry files that this one is not text.
    this.put(new Uint8Array([...utf8.encode('%PDF-1.7\n%'), 0xe2, 0xe3, 0xcf, 0xd3, 10]))
  }

  /** A number for an object that comes later. */
  number(): number {
    this.offsets.push(0)
    return this.offsets.length - 1
  }

  object(number: number, content: string) {
    this.begin(number)
    this.put(utf8.encode(`${content}\nendobj\n`))
  }

  /** Bytes deflated, with more to say of them. */
  async stream(number: number, bytes: Uint8Array, about = '') {
    const packed = await deflated(bytes)
    this.begin(number)
    this.put(utf8.encode(`<</Length ${packed.length}/Filter/FlateDecode${about}>>\nstream\n`))
    this.put(packed)
    this.put(utf8.encode('\nendstream\nendobj\n'))
  }

  /** Bytes as they are, such as those of a JPEG. */
  rawStream(number: number, bytes: Uint8Array, about: string) {
    this.begin(number)
    this.put(utf8.encode(`<</Length ${bytes.length}${about}>>\nstream\n`))
    this.put(bytes)
    this.put(utf8.encode('\nendstream\nendobj\n'))
  }

  end(root: number, info: number) {
    const start = this.size
    const rows = this.offsets.map((offset, i) =>
      i === 0 ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`,
    )
    const count = this.offsets.length
    this.put(
      utf8.encode(
        `xref\n0 ${count}\n${rows.join('')}trailer\n<</Size ${count}/Root ${root} 0 R/Info ${info} 0 R>>\nstartxref\n${start}\n%%EOF\n`,
      ),
    )
  }

  /** What was written since the last time. */
  take(): Uint8Array[] {
    const taken = this.waiting
    this.waiting = []
    return taken
  }

  private begin(number: number) {
    this.offsets[number] = this.size
    this.put(utf8.encode(`${number} 0 obj\n`))
  }

  private put(bytes: Uint8Array) {
    this.waiting.push(bytes)
    this.size += bytes.length
  }
}

async function deflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** A text of the file's own, such as its title: UTF-16 with a mark, in hex. */
export function textString(text: string): string {
  let hex = 'FEFF'
  for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(4, '0').toUpperCase()
  return `<${hex}>`
}

/** A length in points with two decimals, as PDF writes it. */
export const pt = (n: number): string => String(Math.floor(n * 100 + 0.5) / 100)
