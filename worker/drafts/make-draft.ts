import { sha256 } from '#worker/core/hash.ts'
import { idFromHash, idOf } from '#worker/core/ids.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { VoucherDraft, VoucherLine } from '#worker/ledger/voucher-draft.ts'
import { type Cell, type Cells, HEADER, positionsBetween } from './draft-row.ts'
import { saveDraft } from './save-draft.ts'
import { readDraft } from './store.ts'

/** What a draft may begin with: as much of a voucher as is known. */
export type Beginning = Pick<VoucherDraft, 'voucherDate'> & Partial<Omit<VoucherDraft, 'id' | 'voucherDate'>>

const newId = <P extends string>(prefix: P) => idOf(prefix, crypto.getRandomValues(new Uint8Array(17)))

/**
 * Makes a draft that people share, with a header and lines to begin with. Gives its id. `of`: what there is only one draft of,
 * which is found and not made again.
 */
export async function makeDraft(acting: Acting, { lines = [], ...header }: Beginning, of?: string): Promise<string> {
  const draft = of === undefined ? newId('dra') : idFromHash('dra', await sha256(`draft of ${of}`))
  if (of !== undefined && (await readDraft(acting.db, draft, 0))) return draft
  const { type, voucherDate, documentDate, text, documents } = header
  const cells = filled({
    mode: 'voucher',
    id: newId('vch'),
    type,
    voucherDate,
    documentDate,
    text,
    documents: documents?.join(','),
  })
  const positions = positionsBetween('1', undefined, lines.length)
  await saveDraft(acting, draft, {
    since: 0,
    rows: [
      { key: HEADER, position: '1', cells },
      ...lines.map((line, i) => ({ key: `line${i}`, position: positions[i]!, cells: cellsOf(line, header) })),
    ],
  })
  return draft
}

function cellsOf(line: VoucherLine, header: Pick<Beginning, 'dimensions' | 'text'>): Cells {
  const { rowKey, dimensions, matches, ...fields } = line
  const own = { ...header.dimensions, ...dimensions }
  const marked = Object.fromEntries(Object.entries(own).map(([key, code]) => [`dimensions/${key}`, code ?? undefined]))
  return filled({ ...fields, vatCode: fields.vatCode ?? undefined, ...marked } as Record<string, Cell | undefined>)
}

const filled = (cells: Record<string, Cell | undefined>): Cells =>
  Object.fromEntries(
    Object.entries(cells).filter((cell): cell is [string, Cell] => cell[1] !== undefined && cell[1] !== ''),
  )
