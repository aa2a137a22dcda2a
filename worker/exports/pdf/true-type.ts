const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** A TrueType font as a page needs it: which glyph a letter is, how wide it is, and a font with only some of them. */
export class TrueType {
  readonly unitsPerEm: number
  readonly ascent: number
  readonly descent: number
  readonly box: readonly [number, number, number, number]
  private readonly tables: ReadonlyMap<string, Uint8Array>
  private readonly glyphs = new Map<number, number>()
  private readonly offsets: number[] = []
  private readonly wideMetrics: number

  /** @throws TypeError when a table is missing that every TrueType font has. */
  constructor(tables: ReadonlyMap<string, Uint8Array>) {
    this.tables = tables
    const head = this.table('head')
    this.unitsPerEm = head.getUint16(18)
    this.box = [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)]
    const hhea = this.table('hhea')
    this.ascent = hhea.getInt16(4)
    this.descent = hhea.getInt16(6)
    this.wideMetrics = hhea.getUint16(34)
    const [loca, count] = [this.table('loca'), this.table('maxp').getUint16(4)]
    const long = head.getInt16(50) === 1
    for (let i = 0; i <= count; i++) this.offsets.push(long ? loca.getUint32(i * 4) : loca.getUint16(i * 2) * 2)
    this.readMap(this.table('cmap'))
    if (tables.has('GSUB')) this.takeTabularFigures(this.table('GSUB'))
  }

  /** The glyph of a character; undefined where the font has none. */
  glyphOf(character: number): number | undefined {
    return this.glyphs.get(character)
  }

  /** Width in thousandths of the font's size. */
  widthOf(glyph: number): number {
    const last = this.wideMetrics - 1
    return (this.table('hmtx').getUint16((glyph < last ? glyph : last) * 4) * 1000) / this.unitsPerEm
  }

  /** A font file with these glyphs and those they are made of; the others are empty, so every number stays. */
  subset(used: Iterable<number>): Uint8Array {
    const kept = new Set<number>([0])
    const take = (glyph: number) => {
      if (kept.has(glyph) && glyph !== 0) return
      kept.add(glyph)
      for (const part of this.partsOf(glyph)) take(part)
    }
    for (const glyph of used) take(glyph)
    const glyf = this.tables.get('glyf')!
    const offsets: number[] = []
    const pieces: Uint8Array[] = []
    let size = 0
    for (let glyph = 0; glyph < this.offsets.length - 1; glyph++) {
      offsets.push(size)
      if (!kept.has(glyph)) continue
      const bytes = glyf.subarray(this.offsets[glyph], this.offsets[glyph + 1])
      pieces.push(bytes)
      size += bytes.length
      const odd = size % 4
      if (odd === 0) continue
      pieces.push(new Uint8Array(4 - odd))
      size += 4 - odd
    }
    offsets.push(size)
    const loca = new Uint8Array(offsets.length * 4)
    offsets.forEach((offset, i) => {
      viewOf(loca).setUint32(i * 4, offset)
    })
    const head = this.tables.get('head')!.slice()
    viewOf(head).setUint32(8, 0)
    viewOf(head).setInt16(50, 1)
    const tables = new Map<string, Uint8Array>([
      ['glyf', joined(pieces, size)],
      ['head', head],
      ['loca', loca],
    ])
    for (const tag of ['cvt ', 'fpgm', 'hhea', 'hmtx', 'maxp', 'prep'])
      if (this.tables.has(tag)) tables.set(tag, this.tables.get(tag)!)
    return fontFile(tables)
  }

  private table(tag: string): DataView {
    const bytes = this.tables.get(tag)
    if (!bytes) throw new TypeError(`the font has no ${tag}`)
    return viewOf(bytes)
  }

  /** Format 4, the one that every font of the web has: segments of characters. */
  private readMap(cmap: DataView) {
    for (let i = 0; i < cmap.getUint16(2); i++) {
      const at = cmap.getUint32(4 + i * 8 + 4)
      if (cmap.getUint16(at) !== 4) continue
      const segments = cmap.getUint16(at + 6) / 2
      const [ends, starts] = [at + 14, at + 16 + segments * 2]
      for (let s = 0; s < segments; s++) {
        const [end, start] = [cmap.getUint16(ends + s * 2), cmap.getUint16(starts + s * 2)]
        const delta = cmap.getUint16(starts + segments * 2 + s * 2)
        const rangeAt = starts + segments * 4 + s * 2
        const range = cmap.getUint16(rangeAt)
        for (let character = start; character <= end && character !== 0xffff; character++) {
          const listed = range === 0 ? character : cmap.getUint16(rangeAt + range + (character - start) * 2)
          const glyph = listed === 0 ? 0 : (listed + delta) & 0xffff
          if (glyph !== 0) this.glyphs.set(character, glyph)
        }
      }
    }
  }

  /** Digits that are all as wide, where the font has them (feature tnum): figures stand in columns. Source: OpenType 1.9, GSUB. */
  private takeTabularFigures(gsub: DataView) {
    const [features, lookups] = [gsub.getUint16(6), gsub.getUint16(8)]
    for (let i = 0; i < gsub.getUint16(features); i++) {
      const row = features + 2 + i * 6
      if (gsub.getUint32(row) !== 0x746e_756d) continue
      const feature = features + gsub.getUint16(row + 4)
      for (let n = 0; n < gsub.getUint16(feature + 2); n++) {
        const lookup = lookups + gsub.getUint16(lookups + 2 + gsub.getUint16(feature + 4 + n * 2) * 2)
        if (gsub.getUint16(lookup) !== 1) continue
        for (let t = 0; t < gsub.getUint16(lookup + 4); t++)
          this.substitute(gsub, lookup + gsub.getUint16(lookup + 6 + t * 2))
      }
    }
  }

  /** One glyph for another, for the digits alone: a hyphen as wide as a digit tears numbers of vouchers apart. */
  private substitute(gsub: DataView, table: number) {
    const covered = glyphsIn(gsub, table + gsub.getUint16(table + 2))
    const byList = gsub.getUint16(table) === 2
    const others = new Map(
      covered.map((glyph, i) => [
        glyph,
        byList ? gsub.getUint16(table + 6 + i * 2) : (glyph + gsub.getInt16(table + 4)) & 0xffff,
      ]),
    )
    for (let digit = 0x30; digit <= 0x39; digit++) {
      const glyph = this.glyphs.get(digit)
      if (glyph !== undefined) this.glyphs.set(digit, others.get(glyph) ?? glyph)
    }
  }

  /** The glyphs that an accented letter is put together of. */
  private partsOf(glyph: number): number[] {
    const [from, to] = [this.offsets[glyph]!, this.offsets[glyph + 1]!]
    const glyf = this.table('glyf')
    if (to <= from || glyf.getInt16(from) >= 0) return []
    const parts: number[] = []
    for (let at = from + 10; ; ) {
      const flags = glyf.getUint16(at)
      parts.push(glyf.getUint16(at + 2))
      at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0)
      if (!(flags & 0x20)) return parts
    }
  }
}

/** The glyphs of a coverage table, in order. */
function glyphsIn(gsub: DataView, table: number): number[] {
  const count = gsub.getUint16(table + 2)
  if (gsub.getUint16(table) === 1) return Array.from({ length: count }, (_, i) => gsub.getUint16(table + 4 + i * 2))
  return Array.from({ length: count }, (_, i) => {
    const [first, last] = [gsub.getUint16(table + 4 + i * 6), gsub.getUint16(table + 6 + i * 6)]
    return Array.from({ length: last - first + 1 }, (_, n) => first + n)
  }).flat()
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** A font file of tables, in the order of their tags, each on a multiple of four with its sum. Source: OpenType 1.9, font file. */
function fontFile(tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const tags = [...tables.keys()].sort()
  const power = Math.floor(Math.log2(tags.length))
  const header = new Uint8Array(12 + tags.length * 16)
  const view = viewOf(header)
  view.setUint32(0, 0x0001_0000)
  view.setUint16(4, tags.length)
  view.setUint16(6, 16 << power)
  view.setUint16(8, power)
  view.setUint16(10, tags.length * 16 - (16 << power))
  const pieces = [header]
  let at = header.length
  tags.forEach((tag, i) => {
    const bytes = tables.get(tag)!
    const padded = new Uint8Array((bytes.length + 3) & ~3)
    padded.set(bytes)
    const row = 12 + i * 16
    for (let c = 0; c < 4; c++) header[row + c] = tag.charCodeAt(c)
    view.setUint32(row + 4, sumOf(padded))
    view.setUint32(row + 8, at)
    view.setUint32(row + 12, bytes.length)
    pieces.push(padded)
    at += padded.length
  })
  return joined(pieces, at)
}

function sumOf(bytes: Uint8Array): number {
  const view = viewOf(bytes)
  let sum = 0
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + view.getUint32(i)) >>> 0
  return sum
}
