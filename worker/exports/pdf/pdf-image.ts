import { inflated } from './inflate.ts'
import type { PdfFile } from './pdf-file.ts'

/** An image as an object of a PDF file, and its size in pixels. */
export type PdfImage = { object: number; width: number; height: number }

/** More than a logo on paper can use; a small file that unpacks to much more is not opened. */
const MOST_PIXELS = 4_000_000

/**
 * A JPEG or PNG as an image of a PDF file; undefined for what a PDF cannot hold as it is (WebP, an interlaced or damaged PNG), which is then
 * left out. JPEG and PNG without transparency go in without being unpacked. Source: ISO 32000-1, 7.4.4, 7.4.8 and 8.9.5; PNG (W3C), 9.
 */
export async function writeImage(pdf: PdfFile, type: string, bytes: Uint8Array): Promise<PdfImage | undefined> {
  if (type === 'image/jpeg') return writeJpeg(pdf, bytes)
  return type === 'image/png' ? writePng(pdf, bytes).catch(() => undefined) : undefined
}

const about = (width: number, height: number, more: string): string =>
  `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}${more}`

function writeJpeg(pdf: PdfFile, bytes: Uint8Array): PdfImage | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1]!
    // A frame, but not the Huffman table, the arithmetic table or the extension between its numbers.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const [height, width, parts] = [view.getUint16(at + 5), view.getUint16(at + 7), bytes[at + 9]!]
      const space = parts === 1 ? 'Gray' : parts === 3 ? 'RGB' : parts === 4 ? 'CMYK' : undefined
      if (!space || width * height === 0) return undefined
      const object = pdf.number()
      // Programs that write four colours write them turned round.
      const turned = parts === 4 ? '/Decode[1 0 1 0 1 0 1 0]' : ''
      pdf.rawStream(
        object,
        bytes,
        about(width, height, `/ColorSpace/Device${space}/BitsPerComponent 8/Filter/DCTDecode${turned}`),
      )
      return { object, width, height }
    }
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}

type Png = { width: number; height: number; bits: number; colour: number; palette: Uint8Array; data: Uint8Array }

function pngOf(bytes: Uint8Array): Png | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = { palette: new Uint8Array(), data: [] as Uint8Array[] }
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (name === 'PLTE') found.palette = content.slice()
    if (name === 'IDAT') found.data.push(content)
    at += 12 + length
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const [bits, colour, interlaced] = [bytes[24]!, bytes[25]!, bytes[28]!]
  if (interlaced !== 0 || width * height === 0 || width * height > MOST_PIXELS || found.data.length === 0)
    return undefined
  const data = new Uint8Array(found.data.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of found.data) {
    data.set(part, at)
    at += part.length
  }
  return { width, height, bits, colour, palette: found.palette, data }
}

async function writePng(pdf: PdfFile, bytes: Uint8Array): Promise<PdfImage | undefined> {
  const png = pngOf(bytes)
  if (!png) return undefined
  const { width, height, bits, colour, palette, data } = png
  const plain = (space: string, colors: number) => {
    const object = pdf.number()
    const parms = `/DecodeParms<</Predictor 15/Colors ${colors}/BitsPerComponent ${bits}/Columns ${width}>>`
    pdf.rawStream(
      object,
      data,
      about(width, height, `/ColorSpace${space}/BitsPerComponent ${bits}/Filter/FlateDecode${parms}`),
    )
    return { object, width, height }
  }
  if (colour === 0) return plain('/DeviceGray', 1)
  if (colour === 2) return plain('/DeviceRGB', 3)
  if (colour === 3) {
    const hex = [...palette].map((n) => n.toString(16).padStart(2, '0')).join('')
    return plain(`[/Indexed/DeviceRGB ${palette.length / 3 - 1}<${hex}>]`, 1)
  }
  if (bits !== 8 || (colour !== 4 && colour !== 6)) return undefined
  return writeTransparent(pdf, png)
}

/** A PNG whose pixels end in how opaque they are: PDF keeps that as an image of its own beside the colours. */
async function writeTransparent(pdf: PdfFile, { width, height, colour, data }: Png): Promise<PdfImage> {
  const colours = colour === 6 ? 3 : 1
  const pixel = colours + 1
  const rows = unfiltered(await inflated(data, height * (width * pixel + 1)), width * pixel, height, pixel)
  const [shown, opaque] = [new Uint8Array(width * height * colours), new Uint8Array(width * height)]
  for (let i = 0; i < width * height; i++) {
    shown.set(rows.subarray(i * pixel, i * pixel + colours), i * colours)
    opaque[i] = rows[i * pixel + colours]!
  }
  const [object, mask] = [pdf.number(), pdf.number()]
  await pdf.stream(mask, opaque, about(width, height, '/ColorSpace/DeviceGray/BitsPerComponent 8'))
  const space = colours === 3 ? 'RGB' : 'Gray'
  await pdf.stream(
    object,
    shown,
    about(width, height, `/ColorSpace/Device${space}/BitsPerComponent 8/SMask ${mask} 0 R`),
  )
  return { object, width, height }
}

/** Each byte was written as its difference from those before it, in one of five ways a row. */
function unfiltered(bytes: Uint8Array, width: number, height: number, pixel: number): Uint8Array {
  const out = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const kind = bytes[y * (width + 1)]!
    for (let x = 0; x < width; x++) {
      const left = x >= pixel ? out[y * width + x - pixel]! : 0
      const above = y > 0 ? out[(y - 1) * width + x]! : 0
      const corner = x >= pixel && y > 0 ? out[(y - 1) * width + x - pixel]! : 0
      out[y * width + x] = bytes[y * (width + 1) + 1 + x]! + predicted(kind, left, above, corner)
    }
  }
  return out
}

function predicted(kind: number, left: number, above: number, corner: number): number {
  if (kind === 1) return left
  if (kind === 2) return above
  if (kind === 3) return (left + above) >> 1
  if (kind !== 4) return 0
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? above : corner
}
