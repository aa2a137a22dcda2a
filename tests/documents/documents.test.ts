import { expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { pdf, png, xml } from '#tests/support/files.ts'

const { company, env } = testApp()
const year = new Date().getFullYear()
type Company = Awaited<ReturnType<typeof company>>

const send = (c: Company, raw: Uint8Array<ArrayBuffer>, more: object = {}) =>
  c.call('/documents', {
    raw,
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'kvittering%20%C3%B8.pdf' },
    ...more,
  })

test('documents are stamped in order of arrival without gaps, whoever sends at once', async () => {
  const c = await company()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => send(c, pdf(String(i)))))
  expect(answers.map((a) => a.status)).toEqual(Array(20).fill(201))
  expect(answers.map((a) => a.json.stamp).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  expect(answers[0]!.json).toMatchObject({
    mediaType: 'application/pdf',
    fileName: 'kvittering ø.pdf',
    status: 'unhandled',
  })
})

test('the same bytes are the same document, also when they come at once, and no number is lost', async () => {
  const c = await company()
  const answers = await Promise.all([send(c, png), send(c, png), send(c, png)])
  expect(answers.map((a) => a.json.stamp)).toEqual([1, 1, 1])
  expect(answers.filter((a) => a.status === 201)).toHaveLength(1)
  const again = await send(c, png)
  expect([again.status, again.json.replayed]).toEqual([200, true])
  expect((await send(c, pdf())).json.stamp).toBe(2)
  const kept = (await env.FILES.list()).objects.filter((o) => o.key.includes(c.id))
  expect(kept).toHaveLength(2)
})

test('what is refused leaves no number and no file behind', async () => {
  const c = await company()
  const text = (body: string) => new TextEncoder().encode(body) as Uint8Array<ArrayBuffer>
  const large = new Uint8Array(25_000_001)
  large.set(pdf())
  const refused = [
    await send(c, text('<svg onload=alert(1)>')),
    await send(c, text('MZ')),
    await send(c, text('<?xml version="1.0"?><!DOCTYPE a><a/>')),
    await send(c, large),
    await c.call('/documents', { method: 'POST' }),
  ]
  expect(refused.map((r) => `${r.status} ${r.json.code}`)).toEqual([
    '415 document/markup',
    '415 document/type',
    '415 xml/doctype',
    '413 request/too-large',
    '422 document/empty',
  ])
  expect((await env.FILES.list()).objects.filter((o) => o.key.includes(c.id))).toEqual([])
  expect((await send(c, pdf())).json.stamp).toBe(1)
})

test('the bytes come back whole or in part, as what they are, to those who may read', async () => {
  const c = await company()
  const { json } = await send(c, xml)
  const whole = await c.call(`/documents/${json.id}/content`)
  expect(whole.text).toBe(new TextDecoder().decode(xml))
  expect(whole.headers.get('content-type')).toContain('text/plain')
  expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
  expect(whole.headers.get('content-security-policy')).toContain('sandbox')
  const part = await c.call(`/documents/${json.stamp}/content?download=1`, { headers: { range: 'bytes=2-4' } })
  expect([part.status, part.text]).toEqual([206, 'xml'])
  expect(part.headers.get('content-range')).toBe(`bytes 2-4/${xml.length}`)
  expect(part.headers.get('content-disposition')).toContain('attachment')
  expect((await c.call('/documents/1/content', { headers: { range: 'bytes=9999-' } })).status).toBe(416)
  expect((await c.call('/documents/1/content', { key: await c.key('payer') })).status).toBe(403)
  const other = await company()
  expect((await other.call(`/documents/${json.id}/content`)).json.code).toBe('document/unknown')
})

test('a voucher is posted on its documents; more are added later, none is removed', async () => {
  const c = await company()
  const [first, second] = [(await send(c, pdf('1'))).json, (await send(c, pdf('2'))).json]
  const draft = simpleDraft({ documents: [first.id] })
  const tried = await c.call('/vouchers/dry-run', { body: { vouchers: [draft] } })
  expect(tried.json.vouchers[0].issues).toEqual([])
  const posted = (await c.call('/vouchers', { body: draft })).json
  const added = await c.call(`/vouchers/${posted.id}/documents`, { body: { documents: [second.id, first.id] } })
  expect(added.json.documents.map((d: any) => [d.stamp, d.status])).toEqual([
    [1, 'attached'],
    [2, 'attached'],
  ])
  const voucher = (await c.call(`/vouchers/${posted.id}`)).json
  expect(voucher.documents).toEqual([first, second].map(({ id, stamp }) => ({ id, stamp })))
  expect(voucher.entries.map((e: any) => e.stampNumber)).toEqual([1, 1])
  expect(voucher.draft.documents).toEqual([first.id])
  const { events } = (await c.call('/events')).json
  expect(events.map((e: any) => e.type)).toEqual([
    'document.received',
    'document.received',
    'voucher.posted',
    'voucher.document-added',
  ])
  for (const sql of ['delete from voucher_document', 'update document set size = 1', 'delete from document_log'])
    await expect(c.db.execute(sql)).rejects.toThrow('document/is-final')
  await expect(
    c.db.execute("insert into document select 9, 'doc_x', 'x', 'x', 1, 'x', null, '', '', null, null, null, 1"),
  ).rejects.toThrow()
})

test('a stamp number finds document, log and voucher, also after rejection and reversal', async () => {
  const c = await company()
  const auditor = await c.key('auditor')
  const [{ json: kept }, { json: waste }] = [await send(c, pdf('1')), await send(c, pdf('2'))]
  const posted = (await c.call('/vouchers', { body: simpleDraft({ documents: [kept.id] }) })).json
  const reversal = { id: voucherId(), voucherDate: `${year}-01-16` }
  await c.call(`/vouchers/${posted.id}/reversal`, { body: reversal })
  await c.call(`/documents/${waste.stamp}/rejection`, { body: { reason: 'Reklame' } })
  await c.call('/documents/1/content', { key: auditor })
  await c.call('/documents/1/content', { key: auditor })
  const { documents } = (await c.call('/documents?fromStamp=1&toStamp=2')).json
  expect(documents.map((d: any) => [d.stamp, d.status])).toEqual([
    [2, 'rejected'],
    [1, 'attached'],
  ])
  const one = (await c.call('/documents/1')).json
  expect(one.vouchers.map((v: any) => [v.id, v.number, v.reversed])).toEqual([
    [posted.id, 1, true],
    [reversal.id, 2, false],
  ])
  expect(one.log.map((l: any) => [l.what, l.voucher])).toEqual([
    ['arrived', null],
    ['attached', posted.id],
    ['attached', reversal.id],
    ['read', null],
  ])
  const two = (await c.call('/documents/2')).json
  expect(two).toMatchObject({
    rejectedReason: 'Reklame',
    log: [{ what: 'arrived' }, { what: 'rejected', reason: 'Reklame' }],
  })
  expect((await c.call('/documents?status=unhandled')).json.documents).toEqual([])
})

test('a rejected document is not attached before it is taken back, nor an attached one rejected', async () => {
  const c = await company()
  const { json: document } = await send(c, pdf())
  const reject = (more: object = {}) => c.call('/documents/1/rejection', { body: { reason: 'Feil selskap' }, ...more })
  expect((await reject({ headers: { 'if-match': '"7"' } })).json.code).toBe('version/stale')
  await reject()
  const named = [document.id, `doc_${'f'.repeat(26)}`, 7]
  const refused = await c.call('/vouchers', { body: simpleDraft({ documents: named }) })
  expect(refused.json.issues.map((i: any) => `${i.pointer} ${i.code}`).toSorted()).toEqual([
    '#/documents/0 document/rejected',
    '#/documents/1 document/unknown',
    '#/documents/2 field/invalid',
  ])
  const posted = (await c.call('/vouchers', { body: simpleDraft() })).json
  const late = await c.call(`/vouchers/${posted.id}/documents`, { body: { documents: [document.id] } })
  expect(late.json.issues[0]).toMatchObject({
    code: 'document/rejected',
    message: 'Dokument 1 er avvist. Ta avvisningen tilbake først.',
  })
  await expect(
    c.db.execute("insert into voucher_document (ledger_version, stamp, recorded_at, by) values (1, 1, '', '')"),
  ).rejects.toThrow('document/rejected')
  expect((await c.call('/documents/1/rejection', { method: 'DELETE' })).json.status).toBe('unhandled')
  await c.call(`/vouchers/${posted.id}/documents`, { body: { documents: [document.id] } })
  expect((await reject()).json).toMatchObject({ status: 409, code: 'document/attached' })
  expect((await c.call('/documents/1')).json.log.map((l: any) => l.what)).toEqual([
    'arrived',
    'rejected',
    'restored',
    'attached',
  ])
})

test('comments are kept with author and time, once for each id, and never change', async () => {
  const c = await company()
  const posted = (await c.call('/vouchers', { body: simpleDraft() })).json
  const path = `/vouchers/${posted.id}/comments`
  const body = { id: `cmt_${'1'.repeat(26)}`, text: 'Gjelder begge kontorer' }
  const first = await c.call(path, { body, key: await c.key('approver') })
  await c.call(path, { body: { ...body, text: 'Annet' } })
  await c.call(path, { body: { text: 'Sjekket mot avtalen' } })
  const other = (await c.call('/vouchers', { body: simpleDraft() })).json
  const reused = await c.call(`/vouchers/${other.id}/comments`, { body })
  expect([reused.status, reused.json.code]).toEqual([409, 'comment/id-reused'])
  const { comments } = (await c.call(path)).json
  expect(comments.map((k: any) => k.text)).toEqual(['Gjelder begge kontorer', 'Sjekket mot avtalen'])
  expect(comments[0]).toEqual(first.json)
  expect((await c.call(path, { body, key: await c.key('auditor') })).status).toBe(403)
  await expect(c.db.execute("update voucher_comment set text = 'x'")).rejects.toThrow('comment/is-final')
  expect((await c.call('/events')).json.events.filter((e: any) => e.type === 'voucher.commented')).toHaveLength(2)
})

test('a long file name is cut between whole characters, so that the file can be listed and served', async () => {
  const c = await company()
  const name = encodeURIComponent(`${'a'.repeat(254)}📄.pdf`)
  const sent = await send(c, pdf('long'), { headers: { 'content-type': 'application/pdf', 'x-file-name': name } })
  expect([sent.status, sent.json.fileName]).toEqual([201, 'a'.repeat(254)])
  expect((await c.call('/documents')).json.documents[0].fileName).toBe('a'.repeat(254))
  expect((await c.call('/documents/1/content')).status).toBe(200)
})
