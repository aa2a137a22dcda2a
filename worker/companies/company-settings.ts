import * as z from 'zod/mini'
import { MODULES, type Module } from '#worker/access/module.ts'
import { IsoDate } from '#worker/core/date-schema.ts'
import { isOrganisationNumber } from '#worker/core/identifiers.ts'
import { FilledText } from '#worker/core/text.ts'
import { VAT_TERM_KINDS, type VatTermKind } from '#worker/vat/vat-term.ts'

/** What a company is and how its books are kept. `vatAmountLimit` and `matchDifferenceLimit` are in øre (features.md 4.6, VAT rule 3). */
export type CompanySettings = {
  name: string
  organisationNumber: string | null
  vatRegistered: boolean
  reverseChargeLiable: boolean
  /** How often VAT is reported. */
  vatTerm: VatTermKind
  vatAmountLimit: number
  matchDifferenceLimit: number
  cutOverDate: string | null
  modules: Module[]
}

const Limit = z.int('amount/not-whole-ore').check(z.gte(0, 'field/invalid'), z.lte(100_000_000, 'field/invalid'))
const ModuleName = z.enum(MODULES, 'field/invalid')

/** Changed fields only. The ledger's module cannot be switched off. */
export const CompanyChange = z.strictObject({
  name: z.optional(FilledText(256)),
  organisationNumber: z.optional(
    z.nullable(z.string('field/invalid').check(z.refine(isOrganisationNumber, 'organisation-number/invalid'))),
  ),
  vatRegistered: z.optional(z.boolean('field/invalid')),
  reverseChargeLiable: z.optional(z.boolean('field/invalid')),
  vatTerm: z.optional(z.enum(VAT_TERM_KINDS, 'field/invalid')),
  vatAmountLimit: z.optional(Limit),
  matchDifferenceLimit: z.optional(Limit),
  cutOverDate: z.optional(z.nullable(IsoDate)),
  modules: z.optional(
    z.array(ModuleName, 'field/invalid').check(z.refine((modules) => modules.includes('ledger'), 'field/invalid')),
  ),
})
export type CompanyChange = z.infer<typeof CompanyChange>

/** The settings after a change; modules in the product's order, each once. */
export const settingsAfter = (before: CompanySettings, change: CompanyChange): CompanySettings => ({
  ...before,
  ...change,
  modules: MODULES.filter((m) => (change.modules ?? before.modules).includes(m)),
})
