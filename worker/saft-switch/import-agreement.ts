import * as z from 'zod/mini'
import type { DifferenceKind } from '#i18n/import-text.ts'
import { IsoDate } from '#worker/core/date-schema.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import type { Difference } from '#worker/saft/proof.ts'

/** What must hold before a take-over by SAF-T is finished, in the order one looks at it. */
export const AGREEMENT_CHECKS = [
  'accounts-agree',
  'parties-agree',
  'months-agree',
  'vat-agrees',
  'observation-account-zero',
  'open-items-decided',
  'earlier-files-agree',
] as const
export type AgreementCheck = (typeof AGREEMENT_CHECKS)[number]
/** `left`: differences that nobody has explained, of files before it too, or items nobody has decided; øre on the observation account. */
export type CheckedAgreement = { key: AgreementCheck; done: boolean; left: number }

/** Why figures differ, in somebody's words, by the difference's key; an empty text takes one back. */
export const Explanations = z.strictObject({ explanations: z.record(FilledText(300), Text(1_000)) })
export type Explanations = z.infer<typeof Explanations>['explanations']

/** Which difference it is, figures included: when they change it is another one, and asks anew. */
export const keyOfDifference = (d: Difference): string =>
  [d.kind, d.account ?? d.partyKind ?? d.taxCode ?? '', d.party ?? '', d.period ?? '', d.file, d.ours].join('|')

/** Why a finished take-over is taken up again. */
export const Reopening = z.strictObject({ reason: FilledText(255) })

/** The day from which the company's books count, when a take-over is finished; `none` for no such day. */
export const Finishing = z.strictObject({ cutOverDate: z.optional(z.union([IsoDate, z.literal('none')])) })
export type Finishing = z.infer<typeof Finishing>

const CHECK_OF: Readonly<Record<DifferenceKind, AgreementCheck>> = {
  'opening-sum': 'accounts-agree',
  'account-opening': 'accounts-agree',
  'account-closing': 'accounts-agree',
  'account-month': 'months-agree',
  'party-opening': 'parties-agree',
  'party-closing': 'parties-agree',
  'total-entries': 'accounts-agree',
  'total-debit': 'accounts-agree',
  'total-credit': 'accounts-agree',
  'vat-base': 'vat-agrees',
  'vat-tax': 'vat-agrees',
}

/** The differences that nobody has explained. */
export const unexplained = (
  differences: readonly Difference[],
  explained: { has: (key: string) => boolean },
): Difference[] => differences.filter((d) => !explained.has(keyOfDifference(d)))

/** `earlier`: differences left in files that were booked before this one; null where there are no such files. */
export function agreementChecks(
  differences: readonly Difference[],
  explained: ReadonlyMap<string, unknown>,
  { observation, undecided, earlier }: { observation: number; undecided: number; earlier: number | null },
): CheckedAgreement[] {
  const open = unexplained(differences, explained)
  const others: Partial<Record<AgreementCheck, number | null>> = {
    'observation-account-zero': observation,
    'open-items-decided': undecided,
    'earlier-files-agree': earlier,
  }
  return AGREEMENT_CHECKS.flatMap((key) => {
    const other = others[key]
    if (other === null) return []
    const left = other ?? open.filter((d) => CHECK_OF[d.kind] === key).length
    return [{ key, done: left === 0, left }]
  })
}
