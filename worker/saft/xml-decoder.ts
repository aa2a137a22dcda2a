import { Problem } from '#worker/core/problem.ts'
import { windows1252 } from '#worker/core/windows-1252.ts'
import { joined } from './byte-chunks.ts'

const SINGLE_BYTE = /^(?:iso-?8859-1|iso_8859-1|latin-?1|l1|windows-1252|cp-?1252|us-ascii|ascii)$/i
const EIGHT_BIT_UNICODE = /^(?:utf-?8|utf-?16(?:le|be)?)$/i

export type Decode = (bytes: Uint8Array | undefined) => string

/**
 * How the bytes of an XML file become text, from its byte order mark or its declaration. Bytes that are not of the encoding
 * throw a TypeError. `undefined` ends the text.
 * @throws Problem 422 xml/encoding for an encoding that is not read.
 */
export function decoderFor(start: Uint8Array): Decode {
  const [a, b, c, d] = start
  if (a === 0xef && b === 0xbb && c === 0xbf) return utf8()
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && (c === 0xfe || c === 0)))
    throw new Problem(422, 'xml/encoding', { params: { line: 1, encoding: 'UTF-32' } })
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return unicode('utf-16le')
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return unicode('utf-16be')
  const declared = declaredEncoding(start)
  if (declared === undefined || EIGHT_BIT_UNICODE.test(declared)) return utf8()
  if (SINGLE_BYTE.test(declared)) return (bytes) => (bytes ? windows1252(bytes) : '')
  throw new Problem(422, 'xml/encoding', { params: { line: 1, encoding: declared } })
}

function declaredEncoding(start: Uint8Array): string | undefined {
  const text = String.fromCharCode(...start.subarray(0, 200))
  return /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(text)?.[1]
}

function unicode(label: string): Decode {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: false })
  return (bytes) => (bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode())
}

/** Decodes whole characters at a time: a decoder that keeps state between pieces is several times slower in workerd. */
function utf8(): Decode {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = new Uint8Array(0)
  let begun = false
  return (bytes) => {
    if (!bytes) {
      if (rest.length > 0) throw new TypeError('cut within a character')
      return ''
    }
    const whole = rest.length > 0 ? joined(rest, bytes) : bytes
    const end = endOfWholeCharacters(whole)
    rest = whole.slice(end)
    const text = decoder.decode(whole.subarray(0, end))
    if (begun) return text
    begun = text !== ''
    return text.startsWith('\ufeff') ? text.slice(1) : text
  }
}

/** Where the last character begins that is not there in full; the length when all are. */
function endOfWholeCharacters(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at >= 0 && at >= bytes.length - 3; at--) {
    const byte = bytes[at]!
    if (byte < 0x80) break
    if (byte < 0xc0) continue
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    return at + length > bytes.length ? at : bytes.length
  }
  return bytes.length
}

/** The start of a text whose bytes turned bad, up to where they did; for telling the line. */
export function readablePart(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes)
  const bad = text.indexOf('\ufffd')
  return bad < 0 ? text : text.slice(0, bad)
}
