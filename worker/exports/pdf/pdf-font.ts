import type { PdfFile } from './pdf-file.ts'
import { TrueType } from './true-type.ts'
import { tablesOf } from './woff.ts'

/** Narrow and other spaces that fonts of the web often lack, as a plain one. */
const SPACES = new Set([0xa0, 0x2007, 0x2009, 0x202f])

type Face = { name: string; font: TrueType; object: number; used: Map<number, number> }
type Glyph = { face: Face; glyph: number; width: number }

/**
 * One weight of the product's type on paper: Latin, and extended Latin for the letters Latin lacks. Only the letters that
 * were used go into the file.
 */
export class PdfFont {
  private readonly faces: Face[]
  private readonly missing: Glyph | undefined
  private readonly glyphs = new Map<number, Glyph>()

  private constructor(faces: Face[]) {
    this.faces = faces
    this.missing = this.glyphOf(0x3f)
  }

  /** @throws TypeError when a file is no WOFF font. */
  static async of(pdf: PdfFile, name: string, files: readonly Uint8Array[]): Promise<PdfFont> {
    const faces: Face[] = []
    for (const [i, file] of files.entries())
      faces.push({
        name: `${name}${i}`,
        font: new TrueType(await tablesOf(file)),
        object: pdf.number(),
        used: new Map(),
      })
    return new PdfFont(faces)
  }

  /** Entries of a page's font dictionary. */
  get resources(): string {
    return this.faces.map(({ name, object }) => `/${name} ${object} 0 R`).join('')
  }

  /** Width in points at a size. */
  width(text: string, size: number): number {
    let sum = 0
    for (const character of text) {
      const g = this.glyphFor(character.codePointAt(0)!)
      sum += g?.width ?? 0
    }
    return (sum * size) / 1000
  }

  /** What draws the text from where the pen stands, within BT and ET. */
  show(text: string, size: number): string {
    let out = ''
    let face: Face | undefined
    let hex = ''
    for (const character of text) {
      const code = character.codePointAt(0)!
      const g = this.glyphFor(code)
      if (!g) continue
      if (g.face !== face) {
        if (hex !== '') out += `<${hex}> Tj `
        hex = ''
        face = g.face
        out += `/${face.name} ${size} Tf `
      }
      face.used.set(g.glyph, SPACES.has(code) ? 0x20 : code)
      hex += g.glyph.toString(16).padStart(4, '0')
    }
    return hex === '' ? out : `${out}<${hex}> Tj `
  }

  /** The font objects, with the letters that were shown. */
  async write(pdf: PdfFile) {
    for (const { name: faceName, font, object, used } of this.faces) {
      const [descendant, descriptor, file, map] = [pdf.number(), pdf.number(), pdf.number(), pdf.number()]
      const name = `/HVDBK${String.fromCharCode(65 + (object % 26))}+Inter-${faceName}`
      const scaled = (n: number) => Math.floor((n * 1000) / font.unitsPerEm + 0.5)
      const widths = [...used.keys()].sort((a, b) => a - b).map((g) => `${g}[${Math.floor(font.widthOf(g) + 0.5)}]`)
      pdf.object(
        object,
        `<</Type/Font/Subtype/Type0/BaseFont${name}/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]/ToUnicode ${map} 0 R>>`,
      )
      pdf.object(
        descendant,
        `<</Type/Font/Subtype/CIDFontType2/BaseFont${name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${descriptor} 0 R/CIDToGIDMap/Identity/DW 0/W[${widths.join('')}]>>`,
      )
      pdf.object(
        descriptor,
        `<</Type/FontDescriptor/FontName${name}/Flags 4/FontBBox[${font.box.map(scaled).join(' ')}]/ItalicAngle 0/Ascent ${scaled(font.ascent)}/Descent ${scaled(font.descent)}/CapHeight 727/StemV 80/FontFile2 ${file} 0 R>>`,
      )
      const bytes = font.subset(used.keys())
      await pdf.stream(file, bytes, `/Length1 ${bytes.length}`)
      await pdf.stream(map, new TextEncoder().encode(unicodeMap(used)))
    }
  }

  private glyphFor(character: number): Glyph | undefined {
    return this.glyphOf(SPACES.has(character) ? 0x20 : character) ?? this.missing
  }

  private glyphOf(character: number): Glyph | undefined {
    const known = this.glyphs.get(character)
    if (known) return known
    for (const face of this.faces) {
      const glyph = face.font.glyphOf(character)
      if (glyph === undefined) continue
      const found = { face, glyph, width: face.font.widthOf(glyph) }
      this.glyphs.set(character, found)
      return found
    }
    return undefined
  }
}

/** What each glyph says, so that text can be found and copied. */
function unicodeMap(used: ReadonlyMap<number, number>): string {
  const rows = [...used].map(([glyph, character]) => {
    const text = String.fromCodePoint(character)
    let hex = ''
    for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(4, '0')
    return `<${glyph.toString(16).padStart(4, '0')}> <${hex}>`
  })
  const blocks: string[] = []
  for (let i = 0; i < rows.length; i += 100) {
    const some = rows.slice(i, i + 100)
    blocks.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`)
  }
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
${blocks.join('\n')}
endcmap CMapName currentdict /CMap defineresource pop end end`
}
