/** @jsxImportSource hono/jsx/dom */
import { day, kroner, voucherName } from '#i18n/format.ts'
import type { Gone } from '../vouchers/gone-vouchers.ts'
import { decideTexts } from './decide-texts.ts'
import { countedText } from './pane-texts.ts'
import { Act, Button, type ViewProps } from './parts.tsx'

/** Posted vouchers whose rows were deleted: annulled, or let stand. */
export function GoneView({ model, state, gone }: ViewProps & { gone: Gone }) {
  const { locale, busy, company } = state
  const t = decideTexts[locale]
  const waits = busy !== undefined
  const more = gone.count - gone.first.length
  return (
    <section class="hb-notice" data-level="warning">
      <h2>{countedText(gone.count, t.gone, locale)}</h2>
      <p>{t.goneHelp}</p>
      <ul>
        {gone.first.map((voucher) => {
          const name = voucherName(voucher)
          return (
            <li>
              <a href={`/companies/${company!.id}/vouchers/${voucher.id}`} target="_blank" rel="noopener">
                {name}
              </a>{' '}
              {day(voucher.voucherDate)} {voucher.text} <span class="hb-nowrap">{kroner(voucher.amount, locale)}</span>
              <div class="hb-row">
                <Act
                  label={t.letStandOne.replace('{voucher}', name)}
                  onClick={() => (waits ? undefined : model.vouchers.letStand(new Set([voucher.id])))}
                >
                  {t.letStand}
                </Act>
                <Act
                  label={t.annulOne.replace('{voucher}', name)}
                  onClick={() => (waits ? undefined : model.vouchers.annulGone(voucher.id))}
                >
                  {t.annul}
                </Act>
              </div>
            </li>
          )
        })}
      </ul>
      {more > 0 ? <p class="hb-quiet">{countedText(more, t.more, locale)}</p> : null}
      {gone.count > 1 ? (
        <Button variant="secondary" waits={waits} onClick={() => model.vouchers.letStand()}>
          {t.letAllStand}
        </Button>
      ) : null}
    </section>
  )
}
