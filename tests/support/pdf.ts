import { inflateSync } from 'node:zlib'

/** The text of each page of a PDF of ours, found by its cross-reference table and its fonts' maps to letters. */
export async function pdfTexts(bytes: Buffer): Promise<string[]> {
  const objects = objectsOf(bytes)
  const maps = new Map<string, Map<string, string>>()
  const resources = [...objects.values()].find((o) => o.head.includes('/XObject<<'))!
  for (const [, name, number] of resources.head.matchAll(/\/([RB]\d) (\d+) 0 R/g)) {
    const map = objects.get(Number(/ToUnicode (\d+)/.exec(objects.get(Number(number))!.head)![1]))!
    const letters = [...map.stream!.toString('latin1').matchAll(/<([0-9a-f]{4})> <([0-9a-f]+)>/g)]
    maps.set(
      name!,
      new Map(letters.map(([, glyph, hex]) => [glyph!, Buffer.from(hex!, 'hex').swap16().toString('utf16le')])),
    )
  }
  const total = Number(/Total (\d+) 0 R/.exec(resources.head)![1])
  const tree = [...objects.values()].find((o) => o.head.includes('/Type/Pages'))!
  const kids = [.../Kids\[(.*?)\]/.exec(tree.head)![1]!.matchAll(/(\d+) 0 R/g)].map((m) => Number(m[1]))
  return kids.map((kid) => {
    const content = Number(/Contents (\d+)/.exec(objects.get(kid)!.head)![1])
    const text = textIn(objects.get(content)!.stream!.toString('latin1'), maps)
    return `${text}\n${textIn(objects.get(total)!.stream!.toString('latin1'), maps)}`
  })
}

const textIn = (content: string, maps: Map<string, Map<string, string>>): string =>
  [...content.matchAll(/BT .*? ET/gs)]
    .map(([block]) => {
      let font = ''
      let text = ''
      for (const [, name, hex] of block.matchAll(/\/([RB]\d) [\d.]+ Tf|<([0-9a-f]+)> Tj/g)) {
        if (name) font = name
        else for (const glyph of hex!.match(/.{4}/g)!) text += maps.get(font)!.get(glyph)!
      }
      return text
    })
    .join('\n')

function objectsOf(bytes: Buffer): Map<number, { head: string; stream: Buffer | undefined }> {
  const start = Number(/startxref\n(\d+)/.exec(bytes.subarray(-64).toString('latin1'))![1])
  const [, , ...rows] = bytes.subarray(start).toString('latin1').split('\n')
  const objects = new Map<number, { head: string; stream: Buffer | undefined }>()
  for (const [i, row] of rows.entries()) {
    if (!/^\d{10} 00000 n/.test(row)) continue
    const at = Number(row.slice(0, 10))
    const text = bytes.subarray(at, at + 2_000_000)
    const end = text.indexOf('endobj')
    const head = text.subarray(0, end).toString('latin1')
    if (!head.startsWith(`${i + 0} 0 obj`) && i > 0) throw new Error(`object ${i} is not where the table says`)
    const length = /\/Length (\d+)/.exec(head)?.[1]
    const stream = length ? text.subarray(text.indexOf('stream\n') + 7).subarray(0, Number(length)) : undefined
    objects.set(i, {
      head: length ? head.slice(0, head.indexOf('stream\n')) : head,
      stream: stream && head.includes('FlateDecode') ? inflateSync(stream) : stream,
    })
  }
  return objects
}
