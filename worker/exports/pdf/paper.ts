import type { PdfFonts } from './fonts.ts'
import { pt } from './pdf-file.ts'
import type { PdfFont } from './pdf-font.ts'

const INK = '0.11 0.14 0.2'
const QUIET = '0.35 0.38 0.45'
const HAIR = '0.8 0.82 0.86'

/** A page being drawn, with the origin at the upper left in points. */
export class Paper {
  readonly width: number
  readonly height: number
  private readonly fonts: PdfFonts
  private out = ''

  constructor(width: number, height: number, fonts: PdfFonts) {
    this.width = width
    this.height = height
    this.fonts = fonts
  }

  get content(): string {
    return this.out
  }

  font(bold: boolean): PdfFont {
    return bold ? this.fonts.bold : this.fonts.regular
  }

  /** Text with its baseline at `y`; right-aligned it ends at `x`. Squeezed where it is wider than `most`. */
  text(
    text: string,
    x: number,
    y: number,
    { size = 8.5, bold = false, quiet = false, right = false, most = 0 }: TextStyle = {},
  ) {
    if (text === '') return
    const font = this.font(bold)
    const natural = font.width(text, size)
    const squeeze = most > 0 && natural > most ? most / natural : 1
    const start = right ? x - natural * squeeze : x
    const scale = squeeze < 1 ? `${pt(squeeze * 100)} Tz ` : ''
    this.out += `BT ${quiet ? QUIET : INK} rg ${scale}1 0 0 1 ${pt(start)} ${pt(this.height - y)} Tm ${font.show(text, size)}${
      scale && '100 Tz '
    }ET\n`
  }

  /** A line over the page from one place to another. */
  rule(x1: number, x2: number, y: number, { thick = 0.4, dark = false }: { thick?: number; dark?: boolean } = {}) {
    const at = pt(this.height - y)
    this.out += `${dark ? INK : HAIR} RG ${thick} w ${pt(x1)} ${at} m ${pt(x2)} ${at} l S\n`
  }

  /** Something made elsewhere, with its lower left corner at a place. */
  place(name: string, x: number, y: number, width = 1, height = 1) {
    this.out += `q ${pt(width)} 0 0 ${pt(height)} ${pt(x)} ${pt(this.height - y)} cm /${name} Do Q\n`
  }
}
export type TextStyle = { size?: number; bold?: boolean; quiet?: boolean; right?: boolean; most?: number }
