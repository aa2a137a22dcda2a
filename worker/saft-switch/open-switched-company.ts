import { createCompany, type OpenedCompany, officeFor } from '#worker/companies/create-company.ts'
import { setStatus } from '#worker/companies/store.ts'
import { dayInOslo } from '#worker/core/dates.ts'
import type { ImportContext } from '#worker/saft/import-saft.ts'
import { companyOf } from '#worker/saft/saft-company.ts'
import { claimFiles, type Uploader } from '#worker/uploads/keep-upload.ts'
import type { Upload } from '#worker/uploads/store.ts'
import { keepSeen, lookThroughAll } from './keep-switch.ts'
import type { SaftSwitch } from './store.ts'

type Context = Omit<ImportContext, 'fileName'> & { uploader: Uploader; office?: string | undefined }

/**
 * Opens the books of the company that SAF-T files name, with our chart and the files' fiscal years, and keeps the files there to be
 * looked over: nothing of them is booked. Files with a fault leave no company behind, and the same files asked for twice at once
 * open one.
 * @throws Problem as reading the files does; 404 office/unknown, 403 permission/missing; 404 upload/unknown for files that another
 *   company has.
 */
export async function openSwitchedCompany(
  { env, control, principal, uploader, office }: Context,
  uploads: readonly Upload[],
  fileName: string,
): Promise<{ company: OpenedCompany; kept: SaftSwitch }> {
  const { by, at } = uploader
  if (office !== undefined) await officeFor({ control, principal }, office)
  const seen = await lookThroughAll(env, uploads)
  const { files } = seen.found
  const first = files[0]!
  const today = dayInOslo(at)
  const covered = {
    first: files.flatMap((f) => f.fromDate ?? []).sort()[0] ?? today,
    last:
      files
        .flatMap((f) => f.toDate ?? [])
        .sort()
        .at(-1) ?? today,
  }
  const selection = { startDate: first.fromDate, endDate: first.toDate }
  const vatRegistered = files.some((file) => file.vatRegistered)
  const named = { name: first.company, registrationNumber: first.organisationNumber, vatRegistered, selection }
  const { wanted, years } = companyOf(named, covered, today)
  const company = await createCompany({ env, control, principal }, { ...wanted, ...(office && { office }) }, years)
  try {
    const keys = uploads.map(({ fileKey }) => fileKey)
    await claimFiles({ env, control }, keys, company.id)
    return { company, kept: await keepSeen({ env, db: company.db, by, at, fileName }, seen) }
  } catch (error) {
    await setStatus(control, company.id, 'failed')
    throw error
  }
}
