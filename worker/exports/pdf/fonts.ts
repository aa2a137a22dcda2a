import latin from '@fontsource/inter/files/inter-latin-400-normal.woff'
import latinBold from '@fontsource/inter/files/inter-latin-600-normal.woff'
import extended from '@fontsource/inter/files/inter-latin-ext-400-normal.woff'
import extendedBold from '@fontsource/inter/files/inter-latin-ext-600-normal.woff'
import type { PdfFile } from './pdf-file.ts'
import { PdfFont } from './pdf-font.ts'

export type PdfFonts = { regular: PdfFont; bold: PdfFont }

/** The product's type on paper. */
export async function pdfFonts(pdf: PdfFile): Promise<PdfFonts> {
  const bytes = (files: readonly (Uint8Array | ArrayBuffer)[]) => files.map((file) => new Uint8Array(file))
  return {
    regular: await PdfFont.of(pdf, 'R', bytes([latin, extended])),
    bold: await PdfFont.of(pdf, 'B', bytes([latinBold, extendedBold])),
  }
}
