import type { Database, InStatement } from '#worker/database/connect.ts'
import type { CompanyProfile, LogoType } from './company-profile.ts'

export type Logo = { type: LogoType; base64: string; sha256: string }
export type KeptProfile = { profile: CompanyProfile; logo: Pick<Logo, 'type' | 'sha256'> | null; version: number }

const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

/** The company's profile, and which accounts the chart has. */
export async function readProfile(db: Database): Promise<KeptProfile> {
  const row = (
    await db.execute(
      `select address, postal_code, city, country, email, phone, website, sender_email, bank_accounts, logo_type, logo_sha256,
         version from company_profile`,
    )
  ).rows[0]!
  return {
    profile: {
      address: textOrNull(row.address),
      postalCode: textOrNull(row.postal_code),
      city: textOrNull(row.city),
      country: textOrNull(row.country),
      email: textOrNull(row.email),
      phone: textOrNull(row.phone),
      website: textOrNull(row.website),
      senderEmail: textOrNull(row.sender_email),
      bankAccounts: JSON.parse(String(row.bank_accounts)),
    },
    logo: row.logo_type === null ? null : { type: row.logo_type as LogoType, sha256: String(row.logo_sha256) },
    version: Number(row.version),
  }
}

export async function readLogo(db: Database): Promise<Logo | undefined> {
  const row = (await db.execute('select logo_type, logo, logo_sha256 from company_profile where logo is not null'))
    .rows[0]
  return row && { type: row.logo_type as LogoType, base64: String(row.logo), sha256: String(row.logo_sha256) }
}

export async function readAccountNumbers(db: Database): Promise<Set<string>> {
  return new Set((await db.execute('select number from account')).rows.map((r) => String(r.number)))
}

/** Changes the profile if it still has that version. */
export const updateProfile = (p: CompanyProfile, version: number): InStatement => ({
  sql: `update company_profile set address = ?1->>0, postal_code = ?1->>1, city = ?1->>2, country = ?1->>3, email = ?1->>4,
          phone = ?1->>5, website = ?1->>6, sender_email = ?1->>7, bank_accounts = ?1->>8, version = version + 1
        where version = ?1->>9`,
  args: [
    JSON.stringify([
      p.address,
      p.postalCode,
      p.city,
      p.country,
      p.email,
      p.phone,
      p.website,
      p.senderEmail,
      JSON.stringify(p.bankAccounts),
      version,
    ]),
  ],
})

export const updateLogo = (logo: Logo | null): InStatement => ({
  sql: 'update company_profile set logo_type = ?, logo = ?, logo_sha256 = ?, version = version + 1 where logo_sha256 is not ?3',
  args: [logo?.type ?? null, logo?.base64 ?? null, logo?.sha256 ?? null],
})
