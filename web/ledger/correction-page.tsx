import { counted, day, fill, plainKroner, voucherName } from '#i18n/format.ts'
import { rightsOf } from '#worker/access/permission.ts'
import { decimal, decimalText, oreAtRate } from '#worker/core/decimal.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import { copyOf } from '#worker/ledger/copy-draft.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { readReversible } from '#worker/ledger/read-reversible.ts'
import { readVoucher, type VoucherWithEntries } from '#worker/ledger/read-voucher.ts'
import { readVoucherSurroundings, type VoucherSurroundings } from '#worker/ledger/read-voucher-surroundings.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import type { VoucherDraft, VoucherLine } from '#worker/ledger/voucher-draft.ts'
import { oreOf } from '../companies/amount.ts'
import { DayField, dayIn, today } from '../day-field.tsx'
import type { Tried } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { messagesOf } from './reverse-dialog.tsx'

/** What an open item is known and paid by. */
const ITEM_FIELDS = ['invoiceNumber', 'dueDate', 'paymentReference'] as const
const hasParty = ({ lines }: VoucherDraft): boolean => lines.some((l) => accountAndParty(l.account).party !== null)

/** Empty rows below the lines, for what was left out. */
const MORE = 2

type Shown = {
  c: Page
  voucher: VoucherWithEntries
  around: VoucherSurroundings
  draft: VoucherDraft
  tried: Tried | undefined
}

/**
 * A posted voucher with its lines as fields: what is changed is posted as a new voucher together with the reversal of this one.
 * It needs no script. @throws Problem 404 voucher/unknown; 422 voucher/already-reversed.
 */
export async function correctionPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.vouchers.correction
  const { db, locale, access } = c.var
  const voucher = await readVoucher(db, pathText(c, 'voucher'))
  if (!voucher) throw new Problem(404, 'voucher/unknown')
  if (voucher.reversedBy) return c.redirect(companyPath(access, `/vouchers/${voucher.id}`), 303)
  const around = await readVoucherSurroundings(db, voucher, today())
  const name = voucherName(voucher)
  const draft = originalOf(voucher, 'vch_', voucher.voucherDate)
  const settled = (await readReversible(db, [{ of: voucher.id }])).of.get(voucher.id)?.settlement.matches ?? []
  const shown = { c, voucher, around, draft, tried }
  const own = companyPath(access, `/vouchers/${voucher.id}`)
  const proposed = around.reversalDay ?? voucher.voucherDate
  const newId = () => idOf('vch', crypto.getRandomValues(new Uint8Array(17)))
  return page(
    c,
    {
      title: fill(words.title, { voucher: name }, locale),
      area: 'vouchers',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{fill(words.title, { voucher: name }, locale)}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      {tried && (
        <div class="hb-notices">
          <div class="hb-notice" data-level="error" role="alert" tabindex={-1} autofocus>
            {messagesOf(tried.problem, locale).map((message) => (
              <p>{message}</p>
            ))}
          </div>
        </div>
      )}
      {settled.length > 0 && (
        <div class="hb-notices">
          <div class="hb-notice" data-level="warning">
            <p>{counted(settled.length, words.opens, locale)}</p>
          </div>
        </div>
      )}
      <form method="post" action={`${own}/correction`}>
        <input type="hidden" name="reversalId" value={tried?.fields.reversalId ?? newId()} />
        <input type="hidden" name="voucherId" value={tried?.fields.voucherId ?? newId()} />
        <div class="hb-form-row">
          <Labelled id="correction-date" label={words.date}>
            <DayField
              class="ds-input"
              id="correction-date"
              name="voucherDate"
              value={tried?.fields.voucherDate ?? proposed}
              hint={t.shell.dayHint}
              required
            />
          </Labelled>
          <Labelled id="correction-text" label={words.text}>
            <input
              class="ds-input"
              id="correction-text"
              name="text"
              maxlength={255}
              value={tried ? tried.fields.text : draft.text}
            />
          </Labelled>
          <Labelled id="correction-reason" label={t.vouchers.reverse.reason}>
            <input
              class="ds-input"
              id="correction-reason"
              name="reason"
              maxlength={255}
              value={tried?.fields.reason}
              required
            />
          </Labelled>
        </div>
        <Lines {...shown} />
        <div class="hb-form-actions hb-section">
          <button class="ds-button" type="submit">
            {words.submit}
          </button>
          <a class="ds-button" data-variant="tertiary" href={own} data-key="Escape">
            {t.vouchers.reverse.cancel}
          </a>
        </div>
      </form>
    </>,
  )
}

const Labelled = ({ id, label, children }: { id: string; label: string; children: any }) => (
  <div class="ds-field">
    <label class="ds-label" for={id}>
      {label}
    </label>
    {children}
  </div>
)

function Lines({ c, around, draft, tried }: Shown) {
  const t = textsOf(c)
  const words = t.vouchers.page
  const { locale } = c.var
  const faulty = new Set(tried?.problem.issues.map((issue) => issue.pointer) ?? [])
  const rows: (VoucherLine | undefined)[] = [...draft.lines, ...Array.from({ length: MORE }, () => undefined)]
  const dimensions = around.dimensions.filter((d) => d.values.size > 0)
  const itemFields = hasParty(draft) ? ITEM_FIELDS : []
  const field = (i: number, name: string, label: string, value: string | undefined, more: object = {}) => (
    <input
      class="ds-input"
      name={`${name}.${i}`}
      value={tried ? tried.fields[`${name}.${i}`] : value}
      aria-label={`${label}, ${t.vouchers.correction.line} ${i + 1}`}
      aria-invalid={
        faulty.has(`#/voucher/lines/${i}/${IN_DRAFT[name] ?? name.replace('dimension.', 'dimensions/')}`) || undefined
      }
      autocomplete="off"
      {...more}
    />
  )
  return (
    <div class="hb-scroll hb-section">
      <table class="hb-table hb-edit-lines">
        <thead>
          <tr>
            <th>{words.account}</th>
            <th>{words.vat}</th>
            {dimensions.map((d) => (
              <th>{locale === 'nb' ? d.nameNb : d.nameEn}</th>
            ))}
            <th data-width="wide">{words.text}</th>
            {itemFields.map((name) => (
              <th>{t.voucherTypes.require[name]}</th>
            ))}
            <th class="hb-num">{words.debit}</th>
            <th class="hb-num">{words.credit}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((line, i) => (
            <tr>
              <td>{field(i, 'account', words.account, line?.account, { size: 14, maxlength: 107 })}</td>
              <td>{field(i, 'vatCode', words.vat, line?.vatCode ?? undefined, { size: 4, maxlength: 3 })}</td>
              {dimensions.map((d) => (
                <td>
                  {field(
                    i,
                    `dimension.${d.key}`,
                    locale === 'nb' ? d.nameNb : d.nameEn,
                    line?.dimensions?.[d.key] ?? draft.dimensions?.[d.key] ?? undefined,
                    { size: 6, maxlength: 35 },
                  )}
                </td>
              ))}
              <td>{field(i, 'text', words.text, line?.text, { size: 24, maxlength: 255 })}</td>
              {itemFields.map((name) => (
                <td>
                  {field(
                    i,
                    name,
                    t.voucherTypes.require[name],
                    name === 'dueDate' ? line?.dueDate && day(line.dueDate) : line?.[name],
                    { size: 12, maxlength: 35, 'data-day': name === 'dueDate' || undefined },
                  )}
                </td>
              ))}
              <td>
                {field(i, 'debit', words.debit, side(line, 1, c), {
                  class: 'ds-input hb-num',
                  size: 12,
                  inputmode: 'decimal',
                })}
              </td>
              <td>
                {field(i, 'credit', words.credit, side(line, -1, c), {
                  class: 'ds-input hb-num',
                  size: 12,
                  inputmode: 'decimal',
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Where a field of the form goes in the draft, where that is called otherwise. */
const IN_DRAFT: Readonly<Record<string, string>> = { debit: 'amount', credit: 'amount' }

/**
 * The voucher as a draft. A line of which only the currency amount was typed has the amount and the rate it was booked at: the
 * table's rate of another day would make another amount of it.
 */
function originalOf(
  voucher: VoucherWithEntries,
  id: VoucherDraft['id'],
  day: VoucherDraft['voucherDate'],
): VoucherDraft {
  const draft = copyOf(voucher, id, day)
  const lines = draft.lines.map((line, i): VoucherLine => {
    if (line.amount !== undefined || line.currencyAmount === undefined) return line
    const booked = bookedOf(voucher, line, i)
    const rate = decimal(booked?.rate ?? '')
    if (!rate) return line
    const rateUnit = booked?.rateUnit === 100 ? 100 : 1
    const amount = oreAtRate(line.currencyAmount, rate, rateUnit)
    return { ...line, amount, currency: booked?.currency ?? line.currency, rate: decimalText(rate), rateUnit }
  })
  return { ...draft, lines }
}

const bookedOf = ({ entries }: VoucherWithEntries, line: Partial<VoucherLine> | undefined, i: number) =>
  entries.find((e) => e.origin === 'line' && e.rowKey === (line?.rowKey ?? `r${i + 1}`))

const side = (line: VoucherLine | undefined, sign: 1 | -1, c: Page): string | undefined =>
  line?.amount !== undefined && Math.sign(line.amount) === sign
    ? plainKroner(Math.abs(line.amount), c.var.locale)
    : undefined

/** The draft as the form says; a row without account and amount is left out. What the form does not show stays as it was. */
function draftOf(
  c: Page,
  fields: Fields,
  original: VoucherDraft,
  voucher: VoucherWithEntries,
  dimensions: readonly string[],
): object {
  const { locale } = c.var
  const asksForItems = hasParty(original)
  const lines: object[] = []
  for (let i = 0; i < original.lines.length + MORE; i++) {
    const was = original.lines[i]
    const account = fields[`account.${i}`]
    const debit = fields[`debit.${i}`]
    const credit = fields[`credit.${i}`]
    if (account === undefined && debit === undefined && credit === undefined) continue
    // What was typed is taken away: the amount is missing, and never 0.
    const isLeft = debit === undefined && credit === undefined && was?.amount !== 0
    const typed =
      (debit ? (oreOf(debit, locale) ?? Number.NaN) : 0) - (credit ? (oreOf(credit, locale) ?? Number.NaN) : 0)
    const amount = isLeft || Number.isNaN(typed) ? undefined : typed
    const vatCode = fields[`vatCode.${i}`]
    const own = Object.fromEntries(dimensions.map((key) => [key, fields[`dimension.${key}.${i}`] ?? null]))
    const { vatAmount, vatAmountReason, currencyAmount, rate, rateUnit, currency, ...rest } =
      was ?? ({} as Partial<VoucherLine>)
    const sameMoney = was?.amount === amount
    const booked = bookedOf(voucher, was, i)
    // What was typed for another amount or code is not true of this one; the rate still is.
    const money = sameMoney
      ? { currencyAmount, rate, rateUnit, currency }
      : currency && {
          currency,
          rate: rate ?? booked?.rate ?? undefined,
          rateUnit: rateUnit ?? booked?.rateUnit ?? undefined,
        }
    const typedVat = sameMoney && (was?.vatCode ?? undefined) === vatCode ? { vatAmount, vatAmountReason } : {}
    const party = account === undefined ? null : accountAndParty(account).party
    const { invoiceNumber: _, dueDate: __, paymentReference: ___, vatMode, ...plain } = rest
    const due = fields[`dueDate.${i}`]
    const item = {
      invoiceNumber: fields[`invoiceNumber.${i}`],
      dueDate: due && (dayIn(due) ?? due),
      paymentReference: fields[`paymentReference.${i}`],
    }
    lines.push(
      defined({
        ...plain,
        ...(asksForItems && party !== null && item),
        ...money,
        ...typedVat,
        rowKey: was?.rowKey ?? `new-${i}`,
        account: account ?? '',
        amount,
        vatCode,
        vatMode: vatCode === undefined ? undefined : vatMode,
        text: fields[`text.${i}`],
        dimensions: own,
      }),
    )
  }
  const { lines: _, text: __, dimensions: ___, ...header } = original
  return defined({ ...header, text: fields.text, lines })
}

const defined = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

export async function submitCorrection(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const { access, db, principal } = c.var
  try {
    const voucher = await readVoucher(db, pathText(c, 'voucher'))
    if (!voucher) throw new Problem(404, 'voucher/unknown')
    const voucherDate = dayIn(fields.voucherDate)
    if (!voucherDate) throw new Problem(422, 'date/invalid')
    const id = (name: string) =>
      (/^vch_[0-9a-z]{26}$/.test(fields[name] ?? '')
        ? fields[name]!
        : idOf('vch', crypto.getRandomValues(new Uint8Array(17)))) as VoucherDraft['id']
    const around = await readVoucherSurroundings(db, voucher, today())
    const original = originalOf(voucher, id('voucherId'), voucherDate)
    const keys = around.dimensions.filter((d) => d.values.size > 0).map((d) => d.key)
    const documents = voucher.documents.map((d) => d.id)
    const reason = fields.reason?.slice(0, 255) ?? null
    const done = await runJob(c.env, access, {
      do: 'correct',
      of: voucher.id,
      reversal: { id: id('reversalId'), voucherDate, reason },
      draft: {
        ...draftOf(c, fields, original, voucher, keys),
        documentDate: voucherDate, // the reversal's too, so that both fall in one VAT term
        vatDate: voucher.vatDate,
        ...(reason !== null && { reason }),
        ...(documents.length > 0 && { documents }),
      },
      by: principal.id,
      rights: rightsOf(access),
    })
    const posted = 'vouchers' in done ? done.vouchers[1] : undefined
    return c.redirect(companyPath(access, `/vouchers/${posted!.id}`), 303)
  } catch (error) {
    if (error instanceof Problem && error.status < 500 && error.status !== 404)
      return correctionPage(c, { fields, problem: error })
    throw error
  }
}
