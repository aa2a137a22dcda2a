import { MODULES } from '#worker/access/module.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { CompanySettings } from './company-settings.ts'

export type KeptCompany = { settings: CompanySettings; version: number; currency: string; createdAt: string }

export async function readSettings(db: Database): Promise<KeptCompany> {
  const row = (await db.execute('select * from company')).rows[0]!
  const modules: unknown[] = JSON.parse(String(row.modules))
  return {
    settings: {
      name: String(row.name),
      organisationNumber: row.organisation_number === null ? null : String(row.organisation_number),
      vatRegistered: row.vat_registered === 1,
      reverseChargeLiable: row.reverse_charge_liable === 1,
      vatTerm: row.vat_term as CompanySettings['vatTerm'],
      vatAmountLimit: Number(row.vat_amount_limit),
      matchDifferenceLimit: Number(row.match_difference_limit),
      cutOverDate: row.cut_over_date === null ? null : String(row.cut_over_date),
      modules: MODULES.filter((m) => modules.includes(m)),
    },
    version: Number(row.version),
    currency: String(row.currency),
    createdAt: String(row.created_at),
  }
}

/** Changes the company if it still has that version. */
export const updateSettings = (s: CompanySettings, version: number): InStatement => ({
  sql: `update company set name = ?1->>0, organisation_number = ?1->>1, vat_registered = ?1->>2,
          reverse_charge_liable = ?1->>3, vat_amount_limit = ?1->>4, cut_over_date = ?1->>5, modules = ?1->>6,
          match_difference_limit = ?1->>8, vat_term = ?1->>9, version = version + 1
        where version = ?1->>7`,
  args: [
    JSON.stringify([
      s.name,
      s.organisationNumber,
      s.vatRegistered ? 1 : 0,
      s.reverseChargeLiable ? 1 : 0,
      s.vatAmountLimit,
      s.cutOverDate,
      JSON.stringify(s.modules),
      version,
      s.matchDifferenceLimit,
      s.vatTerm,
    ]),
  ],
})

/** What the control database knows of the company: what it is called in lists. */
export const updateControlCompany = (id: CompanyId, s: CompanySettings): InStatement => ({
  sql: 'update company set name = ?, organisation_number = ? where id = ?',
  args: [s.name, s.organisationNumber, id],
})
