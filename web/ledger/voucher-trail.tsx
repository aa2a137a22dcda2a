import { fill, moment, voucherName, whole } from '#i18n/format.ts'
import type { Shown } from './voucher-page.tsx'

/** What happened to the voucher, oldest first. */
export function Trail({ t, locale, voucher, around, nameOf }: Shown) {
  const words = t.vouchers.page
  const imported = voucher.importJob !== null
  const { reversedBy, corrects } = around
  return (
    <section>
      <h2>{words.trail}</h2>
      <ol class="hb-trail">
        <li>
          <time datetime={voucher.recordedAt}>{moment(voucher.recordedAt)}</time>
          <span>
            {fill(imported ? words.importedBy : words.recordedBy, { name: nameOf(voucher.by) }, locale)}
            <small>
              {fill(
                words.recordedNote,
                { voucher: voucherName(voucher), version: whole(voucher.ledgerVersion, locale) },
                locale,
              )}
            </small>
            {imported && voucher.externalId && (
              <small>{fill(words.importedNote, { externalId: voucher.externalId }, locale)}</small>
            )}
            {(corrects || voucher.reason) && (
              <small>
                {corrects && `${words.corrects.replace('{voucher}', voucherName(corrects))}. `}
                {voucher.reason && fill(words.reason, { reason: voucher.reason }, locale)}
              </small>
            )}
          </span>
        </li>
        {reversedBy && (
          <li>
            <time datetime={reversedBy.recordedAt}>{moment(reversedBy.recordedAt)}</time>
            <span>
              {fill(words.reversedBy, { name: nameOf(reversedBy.by) }, locale)}
              <small>
                {fill(words.reversedNote, { voucher: voucherName(reversedBy), date: reversedBy.voucherDate }, locale)}
              </small>
              {reversedBy.reason && <small>{fill(words.reason, { reason: reversedBy.reason }, locale)}</small>}
            </span>
          </li>
        )}
      </ol>
    </section>
  )
}
