import { fontFiles } from '#worker/exports/pdf/font-files.ts'
import type { PdfFile } from './pdf-file.ts'
import { PdfFont } from './pdf-font.ts'

export type PdfFonts = { regular: PdfFont; bold: PdfFont }

/** The product's type on paper. */
export async function pdfFonts(pdf: PdfFile): Promise<PdfFonts> {
  const { regular, bold } = await fontFiles()
  return { regular: await PdfFont.of(pdf, 'R', regular), bold: await PdfFont.of(pdf, 'B', bold) }
}
