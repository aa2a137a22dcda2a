import { kroner } from '#i18n/format.ts'
import type { Entry } from '#worker/ledger/entry.ts'

/** Entries as an accountant reads them: account, party, debit, credit, VAT code. */
export const table = (entries: readonly Entry[]): string =>
  entries
    .map((e) => {
      const account = e.party === null ? e.account : `${e.account}:${e.party}`
      const amount = kroner(Math.abs(e.amount), 'nb').replaceAll('\u00a0', ' ')
      const debit = (e.amount > 0 ? amount : '').padStart(12)
      const credit = (e.amount < 0 ? amount : '').padStart(12)
      return `${account.padEnd(10)} ${debit} ${credit}  ${e.vatCode ?? ''}`.trimEnd()
    })
    .join('\n')
