// Small files of each kind, made here so that nothing binary is kept.
const ascii = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values)

/** A PDF of one empty page; give a word to have another one. */
export const pdf = (word = ''): Uint8Array<ArrayBuffer> =>
  ascii(
    `%PDF-1.4\n%${word}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`,
  )
export const png = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)
export const jpeg = bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16)
export const webp = ascii('RIFF\x20\x00\x00\x00WEBPVP8 ')
export const tiff = bytes(0x49, 0x49, 0x2a, 0, 8, 0, 0, 0)
export const xml = ascii(
  '<?xml version="1.0" encoding="UTF-8"?>\n<!-- EHF --><Invoice xmlns="urn:oasis:names"><ID>7</ID></Invoice>',
)
