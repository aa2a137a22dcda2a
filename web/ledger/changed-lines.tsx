import { kroner, type Locale, voucherName } from '#i18n/format.ts'
import type { Entry } from '#worker/ledger/entry.ts'
import type { VoucherWithEntries } from '#worker/ledger/read-voucher.ts'
import { type Page, textsOf } from '../page.tsx'

type Cells = { account: string; vatCode: string; dimensions: string; text: string; amount: string }
const COLUMNS = ['account', 'vatCode', 'dimensions', 'text', 'amount'] as const

/** A voucher and the one that takes its place, line by line; where they differ stands what was and what is. */
export function ChangedLines({ c, was, now }: { c: Page; was: VoucherWithEntries; now: VoucherWithEntries }) {
  const t = textsOf(c)
  const words = t.vouchers.page
  const { locale } = c.var
  const before = rowsOf(was.entries, locale)
  const after = rowsOf(now.entries, locale)
  const heads = {
    account: words.account,
    vatCode: words.vat,
    dimensions: t.vouchers.changed.dimensions,
    text: words.text,
    amount: t.vouchers.column.amount,
  }
  return (
    <section class="hb-section">
      <div class="hb-section-head">
        <h2>{t.vouchers.changed.title.replace('{was}', voucherName(was)).replace('{now}', voucherName(now))}</h2>
      </div>
      <table class="hb-table hb-changed" data-density="tight">
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th class={name === 'amount' ? 'hb-num' : undefined}>{heads[name]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...new Set([...before.keys(), ...after.keys()])].map((key) => {
            const [old, own] = [before.get(key), after.get(key)]
            return (
              <tr>
                {COLUMNS.map((name) => (
                  <td class={name === 'amount' ? 'hb-num' : undefined}>
                    {old?.[name] === own?.[name] ? (
                      own?.[name]
                    ) : (
                      <>
                        {old?.[name] && <del>{old[name]}</del>} {own?.[name] && <ins>{own[name]}</ins>}
                      </>
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function rowsOf(entries: readonly Entry[], locale: Locale): Map<string, Cells> {
  const rows = new Map<string, Cells>()
  for (const entry of entries)
    rows.set(`${entry.rowKey} ${entry.vatSide ?? ''}`, {
      account: entry.party === null ? entry.account : `${entry.account}:${entry.party}`,
      vatCode: entry.vatCode ?? '',
      dimensions: Object.values(entry.dimensions ?? {}).join(', '),
      text: entry.text,
      amount: kroner(entry.amount, locale),
    })
  return rows
}
