import { mayDo, type Principal } from '#worker/access/permission.ts'
import { type CompanyAccess, readCompanies } from '#worker/access/store.ts'
import { changeVoucherType, createVoucherType } from '#worker/chart/change-voucher-types.ts'
import { NewVoucherType } from '#worker/chart/chart-voucher-type.ts'
import { readVoucherTypes } from '#worker/chart/store.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { companyDatabase, type Database } from '#worker/database/connect.ts'
import { parse } from '#worker/http/accept.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { Bindings } from '#worker/http/env.ts'
import { changeCompany } from './change-company.ts'
import {
  differencesOf,
  type SettingsDifference,
  type SettingsSheet,
  VOUCHER_TYPE,
  WAYS,
} from './settings-difference.ts'
import { readSettings } from './settings-store.ts'

export type Copying = Acting & { env: Bindings; control: Database; principal: Principal; company: CompanyId }
/** What would change, and the company it comes from. */
export type SettingsComparison = { from: CompanyId; name: string; differences: SettingsDifference[] }

/** Companies whose settings the caller may read, by name, but for this one. */
export async function readSources({ control, principal, company }: Copying): Promise<CompanyAccess[]> {
  return (await readCompanies(control, principal)).filter((one) => one.id !== company && isReadable(one))
}

const isReadable = (access: CompanyAccess): boolean =>
  !access.audit && mayDo(access, 'company:read') && mayDo(access, 'register:read')

/**
 * What the company would get of another's settings. `sources`: those it may be, where they are at hand.
 * @throws Problem 404 company/unknown, also for a company whose settings the caller may not read.
 */
export async function compareSettings(
  copying: Copying,
  from: string,
  sources?: readonly CompanyAccess[],
): Promise<SettingsComparison> {
  const source = (sources ?? (await readSources(copying))).find(({ id }) => id === from)
  if (!source) throw new Problem(404, 'company/unknown')
  const [own, other] = await Promise.all([
    readSheet(copying.db),
    readSheet(companyDatabase(copying.env, source.database)),
  ])
  return { from: source.id, name: source.name, differences: differencesOf(own, other) }
}

async function readSheet(db: Database): Promise<SettingsSheet> {
  const [{ settings }, voucherTypes] = await Promise.all([readSettings(db), readVoucherTypes(db)])
  return { company: settings, voucherTypes }
}

/**
 * Takes over the differences that were chosen, by their keys, each as the change it would have been by hand. One that stands
 * in the way (an account this chart lacks, a series that is taken) is told before anything is changed by it; those before it
 * stand and are no difference any more, so done again it goes on. Gives the keys that were changed.
 * @throws Problem 404 company/unknown; 422 account/unknown, voucher-type/exists; 409 version/stale.
 */
export async function takeSettings(copying: Copying, from: string, keys: readonly string[]): Promise<string[]> {
  const { differences } = await compareSettings(copying, from)
  const chosen = differences.filter(({ key }) => keys.includes(key))
  for (const { key, was, becomes } of chosen.filter(({ key }) => key.startsWith(VOUCHER_TYPE))) {
    const type = key.slice(VOUCHER_TYPE.length)
    if (was !== null) await changeVoucherType(copying, type, becomes as object, undefined)
    else await createCopied(copying, type, becomes as object)
  }
  const ways = chosen.filter(({ key }) => (WAYS as readonly string[]).includes(key))
  if (ways.length > 0)
    await changeCompany(copying, Object.fromEntries(ways.map(({ key, becomes }) => [key, becomes])), undefined)
  return chosen.map(({ key }) => key)
}

/** A type that is not active over there comes in as that, too. */
async function createCopied(copying: Copying, key: string, { active, ...rules }: { active?: boolean }): Promise<void> {
  await createVoucherType(copying, parse({ key, ...rules }, NewVoucherType))
  if (active === false) await changeVoucherType(copying, key, { active }, undefined)
}
