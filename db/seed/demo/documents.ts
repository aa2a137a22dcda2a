import { day, kroner } from '#i18n/format.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'
import { demoParties } from './parties.ts'

/** A file of the demo company, the same every time for the same voucher. */
export type DemoFile = { name: string; bytes: Uint8Array<ArrayBuffer> }

/** The supplier's invoice behind a voucher, as a page of PDF; undefined where the voucher has no supplier. */
export function invoiceFile(draft: VoucherDraft): DemoFile | undefined {
  const line = draft.lines.find((one) => accountAndParty(one.account).account === '2400' && one.invoiceNumber)
  const supplier = demoParties.find(
    (p) => p.kind === 'supplier' && p.number === accountAndParty(line?.account ?? '').party,
  )
  if (!line || !supplier) return undefined
  const amount = kroner(-(line.amount ?? 0), 'nb').replaceAll('\u00a0', ' ')
  const rows = [
    `Fakturanummer: ${line.invoiceNumber}`,
    `Fakturadato: ${day(draft.documentDate ?? draft.voucherDate)}`,
    ...(line.dueDate ? [`Forfallsdato: ${day(line.dueDate)}`] : []),
    ...(line.paymentReference ? [`KID: ${line.paymentReference}`] : []),
    '',
    ...draft.lines.filter((one) => one !== line && one.text).map((one) => String(one.text)),
    '',
    `Å betale: ${amount} kr`,
  ]
  const name = `faktura-${line.invoiceNumber!.replace(/[^\w-]/g, '_')}.pdf`
  return { name, bytes: onePage(supplier.name, ['Faktura til Lofthus Snekkeri AS', '', ...rows]) }
}

/** Why the last of them is rejected. */
export const REJECTED_BECAUSE = 'Tilbud, ikke et bilag'

/** What has come in and nobody has handled yet. */
export const inboxFiles = (on: string): DemoFile[] => [
  {
    name: 'kvittering-parkering.pdf',
    bytes: onePage('Bergen Parkering', [
      'Kvittering',
      `Dato: ${day(on)}`,
      'Sone 14, 3 timer',
      'Betalt: 96,00 kr',
      'Herav mva 25 %: 19,20 kr',
    ]),
  },
  {
    name: 'ehf-faktura-77120.xml',
    bytes: latin1(`<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">
  <ID>77120</ID>
  <IssueDate>${on}</IssueDate>
  <DocumentCurrencyCode>NOK</DocumentCurrencyCode>
  <BuyerReference>Verksted</BuyerReference>
  <LegalMonetaryTotal><PayableAmount currencyID="NOK">4875.00</PayableAmount></LegalMonetaryTotal>
</Invoice>
`),
  },
  { name: 'tilbud-maskiner.pdf', bytes: onePage('Maskinhuset AS', ['Tilbud på listehøvel', 'Gjelder i 30 dager']) },
]

/** A page of PDF with a heading and lines under it, in Helvetica. */
function onePage(heading: string, lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const shown = (text: string) => `(${text.replace(/[\\()]/g, (sign) => `\\${sign}`)}) Tj T*`
  const content = `BT /F1 22 Tf 56 770 Td ${shown(heading)} ET BT /F1 12 Tf 56 730 Td 20 TL ${lines.map(shown).join(' ')} ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, i) => {
    const place = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`
  return latin1(`${text}${xref}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`)
}

/** One byte a sign, as the page's encoding has them. */
const latin1 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (sign) => sign.charCodeAt(0) & 0xff)
