// The mark as PNG, as Office wants its icons: all its shapes are rectangles, so each pixel is just how much of it they cover.
import { crc32, deflateSync } from 'node:zlib'

/** The mark's rectangles on its 18 × 24 grid: x, y, width, height. H in ink, the two strokes in blekk. */
const INK: readonly (readonly number[])[] = [
  [1.5, 0, 3.3, 15.5],
  [13.2, 0, 3.3, 15.5],
  [4.8, 6.3, 8.4, 2.8],
]
const STROKES: readonly (readonly number[])[] = [
  [1.5, 18.4, 15, 1.6],
  [1.5, 22, 15, 1.6],
]
const [INK_COLOUR, STROKE_COLOUR] = [
  [0x16, 0x1c, 0x26],
  [0x24, 0x43, 0x9b],
]

/** The mark in a square of so many pixels, on nothing. */
export function iconPng(size: number): Buffer {
  const scale = size / 24
  const left = (size - 18 * scale) / 2
  const rows: Buffer[] = []
  for (let y = 0; y < size; y++) {
    const row = Buffer.alloc(1 + 4 * size)
    for (let x = 0; x < size; x++) {
      const ink = coverage(INK, x, y, scale, left)
      const stroke = coverage(STROKES, x, y, scale, left)
      const colour = ink >= stroke ? INK_COLOUR! : STROKE_COLOUR!
      row.set([...colour, Math.round(255 * Math.min(1, ink + stroke))], 1 + 4 * x)
    }
    rows.push(row)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8) // 8 bits a channel, RGBA
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** How much of the pixel the rectangles cover, from 0 to 1. */
function coverage(
  rectangles: readonly (readonly number[])[],
  px: number,
  py: number,
  scale: number,
  left: number,
): number {
  let covered = 0
  for (const [x, y, w, h] of rectangles) {
    const [x1, y1] = [left + x! * scale, y! * scale]
    const [x2, y2] = [x1 + w! * scale, y1 + h! * scale]
    const across = Math.min(px + 1, x2) - Math.max(px, x1)
    const down = Math.min(py + 1, y2) - Math.max(py, y1)
    if (across > 0 && down > 0) covered += across * down
  }
  return covered
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
