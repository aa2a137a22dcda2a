import latin from '@fontsource/inter/files/inter-latin-400-normal.woff'
import latinBold from '@fontsource/inter/files/inter-latin-600-normal.woff'
import extended from '@fontsource/inter/files/inter-latin-ext-400-normal.woff'
import extendedBold from '@fontsource/inter/files/inter-latin-ext-600-normal.woff'

export type FontFiles = { regular: Uint8Array[]; bold: Uint8Array[] }

/**
 * The files of the product's type, Latin and its extension for each weight. In the Worker's bundle read-fonts.ts stands here
 * instead (package.json, "imports"): the Worker starts without them.
 */
export const fontFiles = async (): Promise<FontFiles> => ({
  regular: [latin, extended],
  bold: [latinBold, extendedBold],
})
