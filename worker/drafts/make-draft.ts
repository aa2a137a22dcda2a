import { sha256 } from '#worker/core/hash.ts'
import { idFromHash, idOf } from '#worker/core/ids.ts'
import type { Acting } from '#worker/http/acting.ts'
import { inheritedCurrency, type VoucherDraft, type VoucherLine } from '#worker/ledger/voucher-draft.ts'
import { matchesText } from '#worker/sheets/row-matches.ts'
import { type Cell, type Cells, HEADER, positionsBetween } from './draft-row.ts'
import { fieldsOf } from './line-cells.ts'
import { saveDraft } from './save-draft.ts'
import { readCorrecting, readDraft } from './store.ts'

/** What a draft may begin with: as much of a voucher as is known. */
export type Beginning = Pick<VoucherDraft, 'voucherDate'> & Partial<Omit<VoucherDraft, 'id' | 'voucherDate'>>

const newId = <P extends string>(prefix: P) => idOf(prefix, crypto.getRandomValues(new Uint8Array(17)))

/**
 * Makes a draft that people share, with a header and lines to begin with. Gives its id. `of`: what there is only one draft of,
 * which is found and not made again; a correction that was deleted or emptied is. `beside`: cells that are no part of a voucher.
 */
export async function makeDraft(
  acting: Acting,
  { lines = [], ...header }: Beginning,
  of?: string,
  beside: Cells = {},
): Promise<string> {
  const own = of === undefined ? newId('dra') : idFromHash('dra', await sha256(`draft of ${of}`))
  const { corrects } = header
  const standing = corrects === undefined ? undefined : await readCorrecting(acting.db, corrects)
  if (standing) return standing
  const found = of === undefined ? undefined : await readDraft(acting.db, own, 0)
  if (found && corrects === undefined) return own
  const draft = found ? newId('dra') : own
  const { type, voucherDate, documentDate, text, documents, template } = header
  const cells = filled({
    ...beside,
    corrects,
    mode: 'voucher',
    id: newId('vch'),
    type,
    voucherDate,
    documentDate,
    text,
    documents: documents?.join(','),
    template: template?.key,
    templateVersion: template?.version,
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

/** The line with what it leaves to the header: rows have no header but the text and the days. */
function cellsOf(line: VoucherLine, header: Beginning): Cells {
  const { dimensions, ...fields } = fieldsOf({
    ...line,
    ...inheritedCurrency(line, header),
    dimensions: { ...header.dimensions, ...line.dimensions },
  })
  const { amount, invoiceNumber, dueDate, paymentReference, matches } = line
  const marked = Object.fromEntries(Object.entries(dimensions).map(([key, code]) => [`dimensions/${key}`, code]))
  const { vatDate } = header
  const settled = matches && matchesText(matches)
  const text = line.text === header.text ? '' : line.text
  return filled({
    ...fields,
    text,
    amount,
    invoiceNumber,
    dueDate,
    paymentReference,
    matches: settled,
    vatDate,
    ...marked,
  })
}

const filled = (cells: Record<string, Cell | undefined>): Cells =>
  Object.fromEntries(
    Object.entries(cells).filter((cell): cell is [string, Cell] => cell[1] !== undefined && cell[1] !== ''),
  )
