import { Problem } from '#worker/core/problem.ts'
import { joined } from './byte-chunks.ts'

/** What 0x80–0x9F mean in Windows-1252, which also stands for ISO-8859-1 as in every browser. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'
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
  if (SINGLE_BYTE.test(declared)) return windows1252
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

/** By hand: some runtimes take Windows-1252 for Latin-1. */
function windows1252(bytes: Uint8Array | undefined): string {
  if (!bytes) return ''
  let text = ''
  for (let from = 0; from < bytes.length; from += 8_192)
    text += String.fromCharCode(...bytes.subarray(from, from + 8_192))
  return text.replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80]!)
}

/** The start of a text whose bytes turned bad, up to where they did; for telling the line. */
export function readablePart(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes)
  const bad = text.indexOf('\ufffd')
  return bad < 0 ? text : text.slice(0, bad)
}
