import * as z from 'zod/mini'
import type { Instant } from '#worker/core/dates.ts'
import { DocumentId } from '#worker/core/ids.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import type { MediaType } from './media-type.ts'

/** The largest document, in bytes. */
export const SIZE_LIMIT = 25_000_000

/** `unhandled`: on no voucher and not rejected. */
export type DocumentStatus = 'unhandled' | 'attached' | 'rejected'

/** A voucher a document is attached to, as one points at it. */
export type AttachedTo = { id: string; series: string; fiscalYear: number; number: number; reversed: boolean }

/** A file with the number it was stamped with on arrival. Size in bytes. */
export type Document = {
  stamp: number
  id: DocumentId
  sha256: string
  size: number
  mediaType: MediaType
  fileName: string | null
  recordedAt: Instant
  by: string
  status: DocumentStatus
  rejectedReason: string | null
  vouchers: AttachedTo[]
}

export type DocumentLogLine = {
  what: 'arrived' | 'attached' | 'read' | 'rejected' | 'restored'
  voucher: string | null
  reason: string | null
  recordedAt: Instant
  by: string
}

const Whole = z.pipe(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid')), z.transform(Number))

/** Which documents: by state, an interval of stamp numbers with both ends, or a piece of the file name. Newest first. */
export const DocumentQuery = z.strictObject({
  status: z.optional(z.enum(['unhandled', 'attached', 'rejected'], { error: 'field/invalid' })),
  stamp: z.optional(Whole),
  fromStamp: z.optional(Whole),
  toStamp: z.optional(Whole),
  text: z.optional(Text(100)),
  limit: z.optional(Whole),
  cursor: z.optional(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid'))),
})
export type DocumentQuery = z.infer<typeof DocumentQuery>

export const Rejection = z.strictObject({ reason: FilledText(255) })
export const Attachment = z.strictObject({
  documents: z
    .array(DocumentId, { error: 'field/required' })
    .check(z.minLength(1, 'field/required'), z.maxLength(100, 'field/invalid')),
})

const FALLBACK: Record<MediaType, string> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/tiff': 'tiff',
  'application/xml': 'xml',
}

/** Whether a browser can show it beside the lines; the rest is offered for download. */
export const isShown = (mediaType: MediaType): boolean => mediaType !== 'image/tiff'

/**
 * The headers a document is served with. It comes as what it was found to be and nothing else: XML as plain text, so that no
 * style sheet of its own is run. A PDF is shown by the browser's own reader, which a `sandbox` would keep from starting, so it
 * is kept from running and fetching by the rest of the policy alone.
 */
export function headersOf(
  document: Pick<Document, 'mediaType' | 'stamp' | 'fileName'>,
  download: boolean,
): Record<string, string> {
  const { mediaType } = document
  const name = document.fileName ?? `${document.stamp}.${FALLBACK[mediaType]}`
  const plain = name.replace(/[^\w. -]/g, '_')
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
  return {
    'content-type': mediaType === 'application/xml' ? 'text/plain; charset=utf-8' : mediaType,
    'content-disposition': `${download || !isShown(mediaType) ? 'attachment' : 'inline'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    'content-security-policy': mediaType === 'application/pdf' ? policy : `${policy}; sandbox`,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=3600',
    'accept-ranges': 'bytes',
  }
}

/** What `Range: bytes=…` asks of so many bytes; undefined for all of them, `none` when it lies outside. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { offset: number; length: number } | 'none' | undefined {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!asked || (asked[1] === '' && asked[2] === '')) return undefined
  if (asked[1] === '') {
    const length = Math.min(Number(asked[2]), size)
    return length === 0 ? 'none' : { offset: size - length, length }
  }
  const offset = Number(asked[1])
  const end = asked[2] === '' ? size - 1 : Math.min(Number(asked[2]), size - 1)
  return offset >= size || end < offset ? 'none' : { offset, length: end - offset + 1 }
}
