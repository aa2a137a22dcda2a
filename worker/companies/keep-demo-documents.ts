import { inboxFiles, invoiceFile, REJECTED_BECAUSE } from '#db/seed/demo/documents.ts'
import type { DemoStep } from '#db/seed/demo-company.ts'
import { addDocuments } from '#worker/documents/add-documents.ts'
import { rejectDocument } from '#worker/documents/change-rejection.ts'
import { keepDocument } from '#worker/documents/keep-document.ts'
import type { Acting } from '#worker/http/acting.ts'
import { readVouchersById } from '#worker/ledger/store.ts'

/** How many of the newest supplier invoices have their document. */
const NEWEST = 12

/** The demo company's documents: on its newest supplier invoices, two that wait, and one that was rejected. */
export async function keepDemoDocuments(
  acting: Acting,
  bucket: R2Bucket,
  company: string,
  steps: readonly DemoStep[],
  today: string,
): Promise<void> {
  const keep = async ({ name, bytes }: { name: string; bytes: Uint8Array<ArrayBuffer> }) => {
    const body = new Response(bytes).body as ReadableStream<Uint8Array>
    return (await keepDocument({ ...acting, bucket, company, fileName: name }, body)).document
  }
  const files = steps.flatMap((step) => {
    const file = step.do === 'post' && step.draft.type === 'incoming-invoice' ? invoiceFile(step.draft) : undefined
    return file && step.do === 'post' ? [{ voucher: step.draft.id, file }] : []
  })
  const newest = files.slice(-NEWEST)
  const posted = new Map(
    (
      await readVouchersById(
        acting.db,
        newest.map((one) => one.voucher),
      )
    ).map((v) => [v.id, v]),
  )
  for (const { voucher, file } of newest) await addDocuments(acting, posted.get(voucher)!, [(await keep(file)).id])
  const waiting = []
  for (const file of inboxFiles(today)) waiting.push(await keep(file))
  await rejectDocument(acting, waiting.at(-1)!.id, REJECTED_BECAUSE, undefined)
}
