import { day, kroner } from '#i18n/format.ts'
import type { FoundEntry } from '#worker/old-ledger/store.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Where the search of old ledgers stands, for what is given. */
export function oldLedgerPath(c: Page, asked: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(asked).filter(([, value]) => value) as [string, string][]
  const query = new URLSearchParams(given).toString()
  return companyPath(c.var.access, `/old-ledgers${query ? `?${query}` : ''}`)
}

/** Entries of old ledgers as a table; account and party lead to all of theirs. */
export function OldEntries({ c, entries, party = true }: { c: Page; entries: readonly FoundEntry[]; party?: boolean }) {
  const { column } = textsOf(c).oldLedger
  const { locale } = c.var
  const amount = (ore: number) => (ore === 0 ? '' : kroner(Math.abs(ore), locale))
  return (
    <table class="hb-table" data-rows data-list>
      <thead>
        <tr>
          <th>{column.voucher}</th>
          <th>{column.date}</th>
          <th>{column.account}</th>
          <th>{column.text}</th>
          {party && <th>{column.party}</th>}
          <th>{column.invoice}</th>
          <th class="hb-num">{column.debit}</th>
          <th class="hb-num">{column.credit}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((e) => (
          <tr>
            <td class="hb-nowrap">{e.voucher}</td>
            <td class="hb-date" data-line="2">
              {day(e.entryDate)}
            </td>
            <td class="hb-nowrap" data-line="2">
              <a href={oldLedgerPath(c, { account: e.account })} title={e.accountName}>
                {e.account}
              </a>
            </td>
            <td class="hb-clip" data-line="2" title={e.text}>
              {e.text}
            </td>
            {party && (
              <td class="hb-clip" data-line="2">
                {e.party !== null && (
                  <a href={oldLedgerPath(c, { kind: e.partyKind!, party: e.party })}>
                    {e.party} {e.partyName}
                  </a>
                )}
              </td>
            )}
            <td class="hb-quiet hb-only-wide">{e.invoiceNumber}</td>
            <td class="hb-num" data-label={e.amount >= 0 ? column.debit : undefined}>
              {e.amount >= 0 && amount(e.amount)}
            </td>
            <td class="hb-num" data-label={e.amount < 0 ? column.credit : undefined}>
              {e.amount < 0 && amount(e.amount)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
