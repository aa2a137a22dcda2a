import { type IsoDate, isoDate } from '#worker/core/dates.ts'
import { branch, leaf } from './saft-reading.ts'

/** The versions that are read, as files write them. */
const VERSIONS = /^1\.(?:0|00|1|10|2|20|3|30|4|40)$/

const monthDay = (year: string, period: string, last: boolean): IsoDate | null => {
  const month = Math.min(Math.max(Number(period), 1), 12)
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(period)) return null
  const mm = String(month).padStart(2, '0')
  if (!last) return isoDate(`${year}-${mm}-01`) ?? null
  return (isoDate(`${year}-${mm}-31`) ?? isoDate(`${year}-${mm}-30`) ?? isoDate(`${year}-${mm}-29`)) || monthEnd(year)
}
const monthEnd = (year: string): IsoDate => `${year}-02-28` as IsoDate

/** The elements of the header that are read. */
export const header = branch(
  {
    AuditFileVersion: leaf((r, t) => {
      if (!VERSIONS.test(t)) r.refuse('saft/version', { version: t.slice(0, 20) })
      r.newHeader.version = t
    }),
    SoftwareCompanyName: leaf((r, t) => {
      r.newHeader.software = t
    }),
    SoftwareID: leaf((r, t) => {
      r.newHeader.software = [r.newHeader.software, t].filter(Boolean).join(' · ')
    }),
    Company: branch({
      RegistrationNumber: leaf((r, t) => {
        r.newHeader.registrationNumber = t
      }),
      Name: leaf((r, t) => {
        r.newHeader.companyName = t
      }),
      TaxRegistration: branch({
        TaxRegistrationNumber: leaf((r, t) => {
          if (t !== '') r.newHeader.taxRegistrations.push(t)
        }),
      }),
    }),
    DefaultCurrencyCode: leaf((r, t) => {
      if (t !== 'NOK') r.refuse('saft/currency', { currency: t.slice(0, 3) })
      r.newHeader.currency = t
    }),
    SelectionCriteria: branch(
      {
        SelectionStartDate: leaf((r, t) => {
          r.newHeader.startDate = r.dayOf(t)
        }),
        SelectionEndDate: leaf((r, t) => {
          r.newHeader.endDate = r.dayOf(t)
        }),
        PeriodStart: leaf((r, t) => {
          r.period.start = t
        }),
        PeriodStartYear: leaf((r, t) => {
          r.period.startYear = t
        }),
        PeriodEnd: leaf((r, t) => {
          r.period.end = t
        }),
        PeriodEndYear: leaf((r, t) => {
          r.period.endYear = t
        }),
      },
      {
        close: (r) => {
          r.newHeader.startDate ??= monthDay(r.period.startYear, r.period.start, false)
          r.newHeader.endDate ??= monthDay(r.period.endYear, r.period.end, true)
        },
      },
    ),
  },
  {
    close: (r) => {
      r.need(r.newHeader.version, 'AuditFileVersion')
      r.need(r.newHeader.companyName, 'Company/Name')
      r.need(r.newHeader.currency, 'DefaultCurrencyCode')
      r.header = r.newHeader
    },
  },
)
