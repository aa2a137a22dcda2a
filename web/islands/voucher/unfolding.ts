import { isoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import type { Cells } from '#worker/drafts/draft-row.ts'
import { fieldsOf, filledIn } from '#worker/drafts/line-cells.ts'
import { BLANK, type Desk, type Header, isBlank, type Row } from '#worker/sheets/sheet.ts'
import { mainAmount, type Template } from '#worker/templates/template.ts'
import { unfold } from '#worker/templates/unfold.ts'
import type { Setting } from './edit.ts'

export type Unfolding = { rows: Row[]; header: Header; more?: Cells | undefined }

/**
 * The lines that a template key unfolds the row into, when what was typed in its text cell is one; undefined otherwise. The
 * row's amount fills the first amount that the template asks for. A template that makes whole vouchers does so on an empty
 * desk only, and the voucher then remembers which version made it.
 */
export function unfolded(desk: Desk, at: number, row: Row, typed: unknown, setting: Setting): Unfolding | undefined {
  const key = String(typed ?? '')
    .trim()
    .toLowerCase()
  const template = key === '' ? undefined : setting.templates?.find((t) => t.active && t.key.toLowerCase() === key)
  if (!template || row.account !== '') return undefined
  const whole = template.content.type !== undefined
  const others = desk.rows.some((other, i) => i !== at && !isBlank(other))
  if (whole && (desk.mode !== 'voucher' || others)) return undefined
  const voucherDate = isoDate(row.date || desk.header.voucherDate) ?? setting.today
  const main = mainAmount(template.content)
  const values = main !== undefined && typeof row.amount === 'number' ? { [main]: ore(row.amount) } : {}
  const { draft } = unfold(template, { voucherDate, values }, setting.books)
  const rows = draft.lines.map((line, i): Row => {
    const { account, amount, vatCode, dimensions, script, ...more } = fieldsOf(line)
    return {
      ...(i === 0 ? row : { ...BLANK, voucher: row.voucher, id: row.id, type: row.type, date: row.date }),
      ...filledIn(more), // what the template says nothing of stays as it was typed
      account,
      amount,
      vatCode,
      dimensions,
      script,
      text: line.text ?? (whole ? '' : template.content.name),
      invoiceNumber: line.invoiceNumber ?? '',
      dueDate: line.dueDate ?? '',
    }
  })
  return {
    rows,
    header: whole ? headerOf(desk.header, template, draft, setting) : desk.header,
    more: moreOf(desk, template),
  }
}

function headerOf(header: Header, { content }: Template, { text }: { text?: string | undefined }, { books }: Setting) {
  const type = books.voucherTypes.get(content.type!)?.series ?? header.type
  return { ...header, type, text: header.text || (text ?? '') }
}

const moreOf = ({ more }: Desk, { key, version, content }: Template): Cells | undefined =>
  content.type === undefined ? more : { ...more, template: key, templateVersion: version }
