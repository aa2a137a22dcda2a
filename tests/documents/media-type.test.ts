import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jpeg, pdf, png, tiff, webp, xml } from '#tests/support/files.ts'
import { headersOf, rangeOf } from '#worker/documents/document.ts'
import { sniff } from '#worker/documents/media-type.ts'

const told = (bytes: Uint8Array | string) => {
  const found = sniff(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
  return found.ok ? found.mediaType : found.reason
}

test('a file is what its first bytes say', () => {
  expect([pdf(), png, jpeg, webp, tiff, xml].map(told)).toEqual([
    'application/pdf',
    'image/png',
    'image/jpeg',
    'image/webp',
    'image/tiff',
    'application/xml',
  ])
})

test.each([
  ['a page', '<!doctype html><title>x</title>', 'markup'],
  ['a page without a doctype', '<html><script>1</script>', 'markup'],
  ['a page that begins in the middle', '<script>alert(1)</script>', 'markup'],
  ['a page behind a comment', '<!-- x --><body onload=alert(1)>', 'markup'],
  ['an image that runs', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'markup'],
  ['the same under another prefix', '<?xml version="1.0"?><x:svg xmlns:x="http://www.w3.org/2000/svg"/>', 'markup'],
  [
    'XML that could fetch',
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r/>',
    'doctype',
  ],
  ['a program', 'MZ\x90\x00', 'unknown'],
  ['an archive', 'PK\x03\x04', 'unknown'],
  ['a text', 'Faktura 7', 'unknown'],
  ['a PDF that is a page first', '<html>%PDF-1.4', 'markup'],
  ['nothing', '', 'unknown'],
])('%s is not taken in', (_, text, reason) => expect(told(text)).toBe(reason))

test('whatever the bytes, markup never becomes something a browser renders', () => {
  fc.assert(
    fc.property(fc.string(), (rest) => {
      const found = told(`<${rest}`)
      return ['application/xml', 'markup', 'doctype', 'unknown'].includes(found)
    }),
  )
})

test('it is served as what it is, and never as something that runs', () => {
  const headers = headersOf({ mediaType: 'application/xml', stamp: 7, fileName: 'fak\r\ntura "ø".xml' }, false)
  expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(headers['content-disposition']).toBe(
    'inline; filename="fak__tura ___.xml"; filename*=UTF-8\'\'fak%0D%0Atura%20%22%C3%B8%22.xml',
  )
  expect(headers['content-security-policy']).toContain('sandbox')
  expect(headersOf({ mediaType: 'image/tiff', stamp: 7, fileName: null }, false)['content-disposition']).toContain(
    'attachment; filename="7.tiff"',
  )
})

test.each<[string | undefined, unknown]>([
  [undefined, undefined],
  ['bytes=0-3', { offset: 0, length: 4 }],
  ['bytes=8-', { offset: 8, length: 2 }],
  ['bytes=-4', { offset: 6, length: 4 }],
  ['bytes=5-99', { offset: 5, length: 5 }],
  ['bytes=10-', 'none'],
  ['bytes=4-2', 'none'],
  ['bytes=-', undefined],
  ['bytes=0-1,4-5', undefined],
])('a range %s of ten bytes', (header, range) => expect(rangeOf(header, 10)).toEqual(range))
