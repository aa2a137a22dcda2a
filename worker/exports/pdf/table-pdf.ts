import { exportTexts } from '#i18n/export-texts.ts'
import { day, fill, kroner, organisationNumber, whole } from '#i18n/format.ts'
import type { ExportRow, ExportTable } from '../export-table.ts'
import { type PaperColumn, paperColumns, wrapped } from './column-widths.ts'
import { type PdfFonts, pdfFonts } from './fonts.ts'
import { Paper } from './paper.ts'
import { PdfFile, pt, textString } from './pdf-file.ts'
import { type PdfImage, writeImage } from './pdf-image.ts'

const A4 = [595.28, 841.89] as const
const [LEFT, TOP, BOTTOM] = [40, 40, 52]
/** The most a logo takes of the page, in points. */
const LOGO = { width: 140, height: 34 }
const SIZE = 8.5
const LINE = 11
const PAD = 2.5

/**
 * A table as pages to print: the company and its logo on the first, the columns' names and a running head on each, figures in columns,
 * sums under lines, what proves it at the end, and which page of how many. A page is in memory at a time; how many there are
 * is drawn by an object that is written last.
 */
export async function* pdfOf(
  table: ExportTable,
  logo?: { type: string; bytes: Uint8Array },
): AsyncGenerator<Uint8Array> {
  const pdf = new PdfFile()
  const image = logo && (await writeImage(pdf, logo.type, logo.bytes))
  const made = new TablePages(pdf, table, await pdfFonts(pdf), image)
  for await (const page of table.pages) {
    for (const row of page) await made.row(row)
    for (const bytes of pdf.take()) yield bytes
  }
  await made.end()
  for (const bytes of pdf.take()) yield bytes
}

class TablePages {
  private readonly pdf: PdfFile
  private readonly table: ExportTable
  private readonly fonts: PdfFonts
  private readonly logo: PdfImage | undefined
  private readonly columns: readonly PaperColumn[]
  private readonly width: number
  private readonly height: number
  private readonly pages: number[] = []
  private readonly tree: number
  private readonly resources: number
  private readonly total: number
  private paper: Paper
  private y = 0

  constructor(pdf: PdfFile, table: ExportTable, fonts: PdfFonts, logo: PdfImage | undefined) {
    this.pdf = pdf
    this.logo = logo
    this.table = table
    this.fonts = fonts
    const [short, long] = A4
    this.width = table.wide ? long : short
    this.height = table.wide ? short : long
    this.columns = paperColumns(table.columns, LEFT, this.width - 2 * LEFT)
    ;[this.tree, this.resources, this.total] = [pdf.number(), pdf.number(), pdf.number()]
    this.paper = new Paper(this.width, this.height, fonts)
    this.firstHead()
  }

  async row(row: ExportRow) {
    const bold = row.kind === 'heading' || row.kind === 'sum' || row.kind === 'total'
    const lines = this.columns.map((c) => this.linesOf(row, c, bold))
    const height = Math.max(1, ...lines.map((l) => l.length)) * LINE + 2 * PAD
    // A heading never stands alone at the foot of a page.
    const needed = row.kind === 'heading' ? height + 3 * (LINE + 2 * PAD) : height
    if (this.y + needed > this.height - BOTTOM) await this.nextPage()
    if (row.kind === 'heading') this.y += PAD
    const right = this.width - LEFT
    if (row.kind === 'sum' || row.kind === 'total') this.paper.rule(LEFT, right, this.y, { dark: true, thick: 0.6 })
    const base = this.y + PAD + SIZE * 0.82
    this.columns.forEach((column, i) => {
      const style = { size: SIZE, bold, quiet: row.kind === 'opening' }
      lines[i]!.forEach((line, n) => {
        if (isFigure(column))
          this.paper.text(line, column.x + column.width, base + n * LINE, { ...style, right: true, most: column.width })
        else
          this.paper.text(
            line,
            column.x,
            base + n * LINE,
            column.kind === 'text' || row.kind ? style : { ...style, most: column.width },
          )
      })
    })
    this.y += height
    if (row.kind === 'total') {
      this.paper.rule(LEFT, right, this.y, { dark: true })
      this.paper.rule(LEFT, right, this.y + 1.8, { dark: true })
      this.y += 1.8 + PAD
    } else if (row.kind === undefined || row.kind === 'opening') this.paper.rule(LEFT, right, this.y)
    if (row.kind === 'sum') this.y += PAD
  }

  /** The proof, the last page, and all that earlier pages refer to. */
  async end() {
    await this.proof()
    await this.finishPage()
    const { pdf, table } = this
    const count = whole(this.pages.length, table.locale)
    const digits = `BT 0.35 0.38 0.45 rg ${this.fonts.regular.show(count, 7.5)}ET`
    await pdf.stream(
      this.total,
      new TextEncoder().encode(digits),
      `/Type/XObject/Subtype/Form/BBox[0 -4 60 12]/Resources<</Font<<${this.fonts.regular.resources}>>>>`,
    )
    pdf.object(
      this.resources,
      `<</Font<<${this.fonts.regular.resources}${this.fonts.bold.resources}>>/XObject<</Total ${this.total} 0 R${this.logo ? `/Logo ${this.logo.object} 0 R` : ''}>>>>`,
    )
    await this.fonts.regular.write(pdf)
    await this.fonts.bold.write(pdf)
    const kids = this.pages.map((page) => `${page} 0 R`).join(' ')
    pdf.object(this.tree, `<</Type/Pages/Kids[${kids}]/Count ${this.pages.length}>>`)
    const [root, info] = [pdf.number(), pdf.number()]
    const lang = table.locale === 'nb' ? 'nb-NO' : 'en-GB'
    pdf.object(
      root,
      `<</Type/Catalog/Pages ${this.tree} 0 R/Lang(${lang})/ViewerPreferences<</DisplayDocTitle true>>>>`,
    )
    pdf.object(
      info,
      `<</Title ${textString(`${table.title}, ${table.company.name}`)}/Creator(Hovedbok)/Producer(Hovedbok)>>`,
    )
    pdf.end(root, info)
  }

  private firstHead() {
    const { table, paper } = this
    const { company } = table
    const own = company.organisationNumber ? organisationNumber(company.organisationNumber) : ''
    paper.text(company.name, LEFT, TOP + 8, { size: 10, bold: true })
    if (this.logo) {
      const scale = Math.min(LOGO.width / this.logo.width, LOGO.height / this.logo.height)
      const [width, height] = [this.logo.width * scale, this.logo.height * scale]
      paper.place('Logo', this.width - LEFT - width, TOP - 6 + height, width, height)
      paper.text(own, LEFT, TOP + 19, { size: 8.5, quiet: true })
    } else paper.text(own, this.width - LEFT, TOP + 8, { size: 8.5, quiet: true, right: true })
    const title = TOP + (this.logo ? 46 : 36)
    paper.text(table.title, LEFT, title, { size: 18, bold: true, most: this.width - 2 * LEFT })
    this.y = title + 10
    for (const [label, value] of table.head) {
      this.y += 12
      paper.text(label, LEFT, this.y, { size: 8.5, quiet: true })
      const lines = wrapped(value, this.width - 2 * LEFT - 100, 3, (t) => this.fonts.regular.width(t, SIZE))
      lines.forEach((line, i) => {
        paper.text(line, LEFT + 100, this.y + i * LINE, { size: SIZE })
      })
      this.y += (lines.length - 1) * LINE
    }
    this.y += 18
    this.columnHead()
  }

  private columnHead() {
    const lines = this.columns.map((c) => wrapped(c.name, c.width, 3, (t) => this.fonts.bold.width(t, 8)))
    const most = Math.max(1, ...lines.map((l) => l.length))
    this.columns.forEach((column, i) => {
      const own = lines[i]!
      own.forEach((line, n) => {
        const y = this.y + (most - own.length + n + 1) * 10
        if (isFigure(column)) this.paper.text(line, column.x + column.width, y, { size: 8, bold: true, right: true })
        else this.paper.text(line, column.x, y, { size: 8, bold: true })
      })
    })
    this.y += most * 10 + 4
    this.paper.rule(LEFT, this.width - LEFT, this.y, { dark: true, thick: 0.8 })
    this.y += 1
  }

  private async nextPage() {
    await this.finishPage()
    this.paper = new Paper(this.width, this.height, this.fonts)
    const { table } = this
    const running = [table.company.name, table.title, table.head[0]?.[1]].filter(Boolean).join(' · ')
    this.paper.text(running, LEFT, TOP, { size: 7.5, quiet: true })
    this.y = TOP + 8
    this.columnHead()
  }

  /** The foot of the page: where the figures were drawn from, and which page it is. */
  private async finishPage() {
    const { pdf, table, paper } = this
    const words = exportTexts[table.locale]
    const y = this.height - 28
    paper.rule(LEFT, this.width - LEFT, y - 12)
    const [version, ...rest] = table.proof
    const drawn = [version, rest.find(([, value]) => /^[0-9a-f]{64}$/.test(value))].flatMap((fact) =>
      fact ? [fact.join(' ')] : [],
    )
    paper.text(`Hovedbok · ${drawn.join(' · ')}`, LEFT, y, { size: 7, quiet: true, most: this.width - 2 * LEFT - 90 })
    const before = fill(words.pageOf, { page: whole(this.pages.length + 1, table.locale) }, table.locale)
    // Room for the count, which comes from the object that is written last.
    paper.text(before, this.width - LEFT - 15, y, { size: 7.5, quiet: true, right: true })
    paper.place('Total', this.width - LEFT - 12.5, y)
    const [page, content] = [pdf.number(), pdf.number()]
    pdf.object(
      page,
      `<</Type/Page/Parent ${this.tree} 0 R/MediaBox[0 0 ${pt(this.width)} ${pt(this.height)}]/Resources ${this.resources} 0 R/Contents ${content} 0 R>>`,
    )
    await pdf.stream(content, new TextEncoder().encode(paper.content))
    this.pages.push(page)
  }

  private async proof() {
    const { table } = this
    const measure = (t: string) => this.fonts.regular.width(t, 7.5)
    const room = this.width - 2 * LEFT - 120
    const rows = table.proof.map(([label, value]) => [label, wrapped(value, room, 4, measure)] as const)
    const height = 30 + rows.reduce((sum, [, lines]) => sum + lines.length * 10 + 2, 0)
    if (this.y + height > this.height - BOTTOM) await this.nextPage()
    this.y += 18
    this.paper.text(exportTexts[table.locale].proof, LEFT, this.y, { size: 8.5, bold: true })
    this.y += 4
    for (const [label, lines] of rows) {
      this.y += 10
      this.paper.text(label, LEFT, this.y, { size: 7.5, quiet: true })
      lines.forEach((line, i) => {
        this.paper.text(line, LEFT + 120, this.y + i * 10, { size: 7.5 })
      })
      this.y += (lines.length - 1) * 10 + 2
    }
  }

  private linesOf({ cells, kind }: ExportRow, column: PaperColumn, bold: boolean): string[] {
    const value = cells[column.at]
    if (value === null || value === undefined || value === '') return []
    if (column.kind === 'money') return [kroner(Number(value), this.table.locale)]
    if (column.kind === 'date') return [/^\d{4}-\d\d-\d\d/.test(String(value)) ? day(String(value)) : String(value)]
    if (column.kind === 'percent') return [`${kroner(Number(value), this.table.locale)} %`]
    const spans = kind !== undefined && kind !== 'opening'
    if (column.kind !== 'text' && !spans) return [String(value)]
    const font = bold ? this.fonts.bold : this.fonts.regular
    // A heading or a sum has the page to itself up to the first figure.
    const room = spans ? this.roomFrom(column) : column.width
    return wrapped(String(value), room, 3, (t) => font.width(t, SIZE))
  }

  private roomFrom({ x }: PaperColumn): number {
    const figure = this.columns.find((c) => c.x > x && isFigure(c))
    return (figure ? figure.x - 8 : this.width - LEFT) - x
  }
}

const isFigure = ({ kind }: PaperColumn): boolean => kind === 'money' || kind === 'number' || kind === 'percent'
