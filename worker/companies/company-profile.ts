import * as z from 'zod/mini'
import { isBankAccount } from '#worker/core/identifiers.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import { FilledText, Text } from '#worker/core/text.ts'

/** A bank account of the company's own: eleven digits, what it is called, and the account it is kept on in the ledger. */
export type OwnBankAccount = { number: string; name: string; account: string | null }

/** What stands on what the company sends. Source: features.md PLT-10. */
export type CompanyProfile = {
  address: string | null
  postalCode: string | null
  city: string | null
  country: string | null
  email: string | null
  phone: string | null
  website: string | null
  /** Who e-mails to customers come from. */
  senderEmail: string | null
  bankAccounts: OwnBankAccount[]
}

const Email = Text(254).check(z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'field/invalid'))

/** Changed fields only; bank accounts as a whole list. */
export const ProfileChange = z.strictObject({
  address: z.optional(z.nullable(Text(256))),
  postalCode: z.optional(z.nullable(Text(20))),
  city: z.optional(z.nullable(Text(100))),
  country: z.optional(z.nullable(z.string('field/invalid').check(z.regex(/^[A-Z]{2}$/, 'field/invalid')))),
  email: z.optional(z.nullable(Email)),
  phone: z.optional(z.nullable(Text(30))),
  website: z.optional(z.nullable(Text(200))),
  senderEmail: z.optional(z.nullable(Email)),
  bankAccounts: z.optional(
    z
      .array(
        z.strictObject({
          number: z.string('field/invalid').check(z.refine(isBankAccount, 'bank-account/invalid')),
          name: Text(100),
          account: z.nullable(FilledText(70)),
        }),
      )
      .check(z.maxLength(50, 'field/invalid')),
  ),
})
export type ProfileChange = z.infer<typeof ProfileChange>

/** Bank accounts stand once each, on accounts of the chart. */
export function checkProfile(
  { bankAccounts }: Pick<CompanyProfile, 'bankAccounts'>,
  accounts: ReadonlySet<string>,
): Issue[] {
  const seen = new Set<string>()
  return bankAccounts.flatMap(({ number, account }, i) => {
    const at = `#/bankAccounts/${i}`
    const issues: Issue[] = []
    if (seen.has(number))
      issues.push(error('field/invalid', `${at}/number`, { reason: 'bank-account-twice', value: number }))
    seen.add(number)
    if (account !== null && !accounts.has(account)) issues.push(error('account/unknown', `${at}/account`, { account }))
    return issues
  })
}

/** Where customers pay from now on, if that becomes another place: `− 15030000000`, `+ 86011117947`. A first one moves nothing. */
export function bankAccountsMoved(
  before: Pick<CompanyProfile, 'bankAccounts'>,
  after: Pick<CompanyProfile, 'bankAccounts'>,
): string[] {
  const [old, now] = [before, after].map((p) => new Set(p.bankAccounts.map(({ number }) => number)))
  if (old!.size === 0) return []
  return [
    ...[...old!].filter((number) => !now!.has(number)).map((number) => `− ${number}`),
    ...[...now!].filter((number) => !old!.has(number)).map((number) => `+ ${number}`),
  ]
}

type Named = { name: string; organisationNumber: string | null; vatRegistered: boolean }

/**
 * The organisation number as it stands on a sales document: `313 482 901 MVA` for a company registered for VAT.
 * Source: features.md PLT-10; bokføringsforskriften § 5-1-2.
 */
export function numberOnDocuments({ organisationNumber, vatRegistered }: Named): string | null {
  if (organisationNumber === null) return null
  const grouped = organisationNumber.replace(/^(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3')
  return vatRegistered ? `${grouped} MVA` : grouped
}

/** What electronic invoices need and the company has not filled in; EHF stays off until the list is empty. */
export function missingForEhf(company: Named, profile: CompanyProfile): string[] {
  const { address, postalCode, city, country, bankAccounts } = profile
  const needed = { organisationNumber: company.organisationNumber, address, postalCode, city, country }
  const missing = Object.entries(needed).flatMap(([field, value]) => (value ? [] : [field]))
  return bankAccounts.length === 0 ? [...missing, 'bankAccounts'] : missing
}

/** The largest logo, in bytes. */
export const LOGO_LIMIT = 200_000
export type LogoType = 'image/png' | 'image/jpeg' | 'image/webp'

/** What kind of image the bytes are, by their beginning, whatever they are said to be; undefined for none we show. */
export function logoTypeOf(bytes: Uint8Array): LogoType | undefined {
  const starts = (at: number, ...wanted: number[]) => wanted.every((byte, i) => bytes[at + i] === byte)
  if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (starts(0, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50)) return 'image/webp'
  return undefined
}
