/** What a document may be. Told by its first bytes, never by its name or by what the sender says. */
export const MEDIA_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/tiff',
  'application/xml',
] as const
export type MediaType = (typeof MEDIA_TYPES)[number]
/** How many of a document's first bytes decide. */
export const HEAD = 4_096

export type Sniffed = { ok: true; mediaType: MediaType } | { ok: false; reason: 'unknown' | 'markup' | 'doctype' }

/**
 * The media type of a file by its first bytes (`HEAD` of them, or all). Markup that a browser would run, and XML with a
 * DOCTYPE, which could make a reader fetch or expand things, are refused by name.
 */
export function sniff(head: Uint8Array): Sniffed {
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte)
  const text = latin1(head)
  if (text.startsWith('%PDF-')) return { ok: true, mediaType: 'application/pdf' }
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return { ok: true, mediaType: 'image/png' }
  if (starts(0xff, 0xd8, 0xff)) return { ok: true, mediaType: 'image/jpeg' }
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return { ok: true, mediaType: 'image/webp' }
  if (starts(0x49, 0x49, 0x2a, 0x00) || starts(0x4d, 0x4d, 0x00, 0x2a)) return { ok: true, mediaType: 'image/tiff' }
  return xmlOf(text)
}

/** What stands before the root: a byte order mark, white space, the declaration, instructions and comments. */
const PROLOG = /^(?:ï»¿)?(?:\s+|<\?[^>]*\?>|<!--[\s\S]*?-->)*/
const RUNS = new Set(['html', 'svg', 'script', 'xhtml'])

function xmlOf(text: string): Sniffed {
  const rest = text.slice(PROLOG.exec(text)![0].length)
  if (/^<!doctype\s+html/i.test(rest)) return { ok: false, reason: 'markup' }
  if (/^<!doctype/i.test(rest)) return { ok: false, reason: 'doctype' }
  const root = /^<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]/.exec(rest)?.[1]
  if (root === undefined) return { ok: false, reason: 'unknown' }
  if (RUNS.has(root.toLowerCase())) return { ok: false, reason: 'markup' }
  // HTML needs no root of its own: a page may begin with any of its elements. XML of ours declares itself or a namespace.
  const declared = /^(?:ï»¿)?\s*<\?xml\s/.test(text) || /^<[^>]*\sxmlns(?::[\w.-]+)?\s*=/.test(rest)
  return declared ? { ok: true, mediaType: 'application/xml' } : { ok: false, reason: 'markup' }
}

/** Bytes as characters one for one: enough to read what is plain ASCII in every encoding that is accepted. */
function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
