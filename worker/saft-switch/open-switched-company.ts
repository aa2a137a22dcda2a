import { createCompany, type OpenedCompany } from '#worker/companies/create-company.ts'
import { setStatus } from '#worker/companies/store.ts'
import { dayInOslo } from '#worker/core/dates.ts'
import { cutText } from '#worker/core/text.ts'
import { fiscalYearsFor } from '#worker/saft/fiscal-years.ts'
import type { ImportContext } from '#worker/saft/import-saft.ts'
import { organisationNumberOf } from '#worker/saft/saft-register.ts'
import { openUpload, type Uploader } from '#worker/uploads/keep-upload.ts'
import type { Upload } from '#worker/uploads/store.ts'
import { keepSeen, lookThroughAll } from './keep-switch.ts'
import type { SaftSwitch } from './store.ts'

type Context = Omit<ImportContext, 'fileName'> & { uploader: Uploader; office?: string | undefined }

/**
 * Opens the books of the company that SAF-T files name, with our chart and the files' fiscal years, and keeps the files there to be
 * looked over: nothing of them is booked. Files with a fault leave no company behind.
 * @throws Problem as reading the files does; 404 office/unknown, 403 permission/missing.
 */
export async function openSwitchedCompany(
  { env, control, principal, uploader, office }: Context,
  uploads: readonly Upload[],
  fileName: string,
): Promise<{ company: OpenedCompany; kept: SaftSwitch }> {
  const { by, at } = uploader
  const seen = await lookThroughAll(env, uploads)
  const { files } = seen.found
  const [first] = files
  const today = dayInOslo(at)
  const [from, to] = [
    files.flatMap((f) => f.fromDate ?? []).sort()[0],
    files
      .flatMap((f) => f.toDate ?? [])
      .sort()
      .at(-1),
  ]
  const organisationNumber = organisationNumberOf(first!.organisationNumber)
  const wanted = {
    name: cutText(first!.company, 256),
    ...(organisationNumber && { organisationNumber }),
    ...(office !== undefined && { office }),
    vatRegistered: files.some((file) => file.vatRegistered),
  }
  const years = fiscalYearsFor(
    from ?? today,
    to ?? today,
    { startDate: first!.fromDate, endDate: first!.toDate },
    today,
  )
  const company = await createCompany({ env, control, principal }, wanted, years)
  try {
    for (const { id } of uploads) await openUpload({ ...uploader, company: company.id }, id)
    return { company, kept: await keepSeen({ env, db: company.db, by, at, fileName }, seen) }
  } catch (error) {
    await setStatus(control, company.id, 'failed')
    throw error
  }
}
