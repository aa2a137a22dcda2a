import { fill, moment } from '#i18n/format.ts'
import { differenceText } from '#i18n/import-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { ExportColumn, ExportRow, ExportTable } from '#worker/exports/export-table.ts'
import { type Asking, type Drawn, headFacts, proofFacts } from '#worker/exports/tables/table-frame.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { offBy } from '#worker/saft/proof.ts'
import type { Agreement } from './finish-import.ts'
import { keyOfDifference } from './import-agreement.ts'

type Names = { accounts: ReadonlyMap<string, string>; parties: ReadonlyMap<string, string>; agreedBy: string | null }
/** `file`: null where it states nothing. */
type Figures = { file: number | null; ours: number }

/** That every account, party and month of a SAF-T file agrees with the books, or why it does not. */
export function importProofTable(asking: Asking, of: Agreement, drawn: Drawn, names: Names): ExportTable {
  const { locale } = asking
  const { proof: words, agreement: agreementWords } = takeoverTexts[locale]
  const { receipt, checks, explained, agreed, job } = of
  const { proof, differences } = receipt
  const row = (
    what: string,
    { file, ours }: Figures,
    more = '',
    off = file === null ? null : ours - file,
  ): ExportRow => ({ cells: [what.trim(), file, ours, off, more] })
  const heading = (text: string): ExportRow => ({ kind: 'heading', cells: [text, null, null, null, null] })
  const open = checks.filter(({ done }) => !done).map(({ key }) => agreementWords.checks[key])
  const closing = (r: { file: { closing: number } | null; ours: { closing: number } }): Figures => ({
    file: r.file?.closing ?? null,
    ours: r.ours.closing,
  })
  const nameOf = ({ kind, party }: { kind: PartyKind; party: string }) => {
    const name = names.parties.get(`${kind} ${party}`) ?? ''
    return name === party ? '' : name
  }
  const rows: ExportRow[] = [
    heading(fill(words.control, { date: proof.toDate }, locale)),
    ...proof.accounts.map((r) =>
      row(
        fill(words.accountRow, { account: r.account, name: names.accounts.get(r.account) ?? '' }, locale),
        closing(r),
      ),
    ),
    heading(words.parties),
    ...proof.parties.map((r) => row(`${agreementWords.kinds[r.kind]} ${r.party} ${nameOf(r)}`, closing(r))),
    heading(agreementWords.months),
    ...(proof.months ?? []).map((m) =>
      row(fill(words.month, { month: m.month, accounts: m.accounts }, locale), m, '', offBy(m)),
    ),
    ...(differences.length > 0 ? [heading(words.differences)] : []),
    ...differences.map((d) => {
      const { kind, ...params } = d
      return row(differenceText(kind, params, locale), d, explained.get(keyOfDifference(d))?.text)
    }),
  ]
  const money = (key: 'old' | 'ledger' | 'difference'): ExportColumn => ({ key, name: words[key], kind: 'money' })
  return {
    name: 'import-proof',
    title: words.title,
    locale,
    company: asking.company,
    head: [
      ...headFacts(asking, { asAtDate: proof.toDate }),
      [agreementWords.file, [job.fileName, receipt.file.sha256].filter(Boolean).join(', ')],
      agreed
        ? [words.finishedBy, [moment(agreed.at), names.agreedBy].filter(Boolean).join(', ')]
        : [words.state, fill(words.notFinished, { open: open.join('; ') || '–' }, locale)],
      [words.result, differences.length === 0 ? words.agrees : words.differs],
      ...(proof.partyCount
        ? [[agreementWords.partyCount, fill(agreementWords.partyStated, proof.partyCount, locale)] as const]
        : []),
    ],
    columns: [
      { key: 'what', name: words.what, kind: 'text', width: 46 },
      money('old'),
      money('ledger'),
      money('difference'),
      { key: 'explanation', name: agreementWords.explanation, kind: 'text', width: 30 },
    ],
    pages: [rows],
    proof: proofFacts(asking, { ...drawn, dated: null }),
  }
}
