/** @jsxImportSource hono/jsx/dom */
import { fill, kroner, voucherName } from '#i18n/format.ts'
import type { SheetVoucher } from '../sheet/sheet-voucher.ts'
import { countedText, timeOf } from './pane-texts.ts'
import { Button, Icon, NoticeBar, type ViewProps } from './parts.tsx'
import { debitOf } from './what-posting-does.ts'

const SHOWN = 100

/** What was posted, and what is left. */
export function Posted(props: ViewProps) {
  const { model, state, t } = props
  const { locale, user, company } = state
  const result = state.result!
  const { posted, refused, unknown, unsettled } = result
  const first = refused[0]
  const row = (voucher: SheetVoucher) => result.judged.reading.firstRow + voucher.rows[0]!.at + 1
  const time = timeOf(result.at, true)
  return (
    <>
      <main class="hb-panemain" aria-live="polite">
        <h1>{posted.length === 0 ? t.posted.nothing : countedText(posted.length, t.posted.title, locale)}</h1>
        <p class="hb-quiet">{fill(user ? t.posted.whenBy : t.posted.when, { time, user }, locale)}</p>
        <NoticeBar {...props} />
        {posted.length > 0 ? (
          <table class="hb-table hb-postlist">
            <tbody>
              {posted.slice(0, SHOWN).map((voucher) => (
                <tr>
                  <td class="hb-nowrap">
                    <Icon name="check" />{' '}
                    <a href={`/companies/${company!.id}/vouchers/${voucher.id}`} target="_blank" rel="noopener">
                      {voucherName(voucher.sent!.name!)}
                    </a>
                  </td>
                  <td class="hb-clip">{String(voucher.raw.text ?? '')}</td>
                  <td class="hb-num">{kroner(debitOf(voucher), locale)}</td>
                </tr>
              ))}
              <tr class="hb-total">
                <td>{t.posted.sum}</td>
                <td />
                <td class="hb-num">
                  {kroner(
                    posted.reduce((total, v) => total + debitOf(v), 0),
                    locale,
                  )}
                </td>
              </tr>
            </tbody>
          </table>
        ) : null}
        {posted.length > SHOWN ? (
          <p class="hb-quiet">{countedText(posted.length - SHOWN, t.vouchers.more, locale)}</p>
        ) : null}
        {first ? (
          <section class="hb-notice" data-level="warning">
            <p>
              <b>{countedText(refused.length, t.posted.left, locale, { row: row(first) })}</b> {t.posted.leftHelp}
            </p>
          </section>
        ) : null}
        {unknown.length > 0 ? (
          <section class="hb-notice" data-level="warning">
            <p>
              <b>{countedText(unknown.length, t.posted.unknown, locale)}</b> {t.posted.unknownHelp}
            </p>
          </section>
        ) : null}
        {unsettled.length > 0 ? (
          <section class="hb-notice" data-level="warning">
            <p>{countedText(unsettled.length, t.posted.unsettled, locale)}</p>
          </section>
        ) : null}
        {posted.length > 0 ? <p class="hb-quiet hb-small hb-note">{t.posted.hint}</p> : null}
      </main>
      <div class="hb-panefoot">
        <Button full variant="secondary" onClick={() => model.vouchers.toSheet()}>
          {t.posted.back}
        </Button>
      </div>
    </>
  )
}
