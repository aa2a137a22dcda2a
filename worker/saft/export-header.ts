import { personXml } from './export-masters.ts'
import type { SaftPart } from './export-part.ts'
import { element } from './export-xml.ts'
import { SAFT_NAMESPACE } from './saft-reader.ts'

/** Name and version that a file of ours says it was made with; our own import knows its files by it. */
export const SOFTWARE = { company: 'Hovedbok', id: 'Hovedbok', version: '1.0' }

export type ExportCompany = {
  name: string
  organisationNumber: string | null
  vatRegistered: boolean
  currency: string
}
/** What differs from one export of the same books to the next. */
export type ExportStamp = {
  createdDate: string
  person: string
  userId: string
  atVersion: number
  chainHead: string | null
}

export const headerXml = (company: ExportCompany, part: SaftPart, stamp: ExportStamp): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<AuditFile xmlns="${SAFT_NAMESPACE}">
<Header><AuditFileVersion>${part.version}</AuditFileVersion><AuditFileCountry>NO</AuditFileCountry><AuditFileDateCreated>${
    stamp.createdDate
  }</AuditFileDateCreated><SoftwareCompanyName>${SOFTWARE.company}</SoftwareCompanyName><SoftwareID>${SOFTWARE.id}</SoftwareID><SoftwareVersion>${
    SOFTWARE.version
  }</SoftwareVersion>
<Company>${element('RegistrationNumber', company.organisationNumber ?? 'NA', 35)}${element('Name', company.name)}<Contact>${personXml(
    stamp.person || company.name,
  )}</Contact>${
    company.vatRegistered
      ? `<TaxRegistration>${element('TaxRegistrationNumber', `${company.organisationNumber ?? 'NA'}MVA`, 35)}<TaxAuthority>Skatteetaten</TaxAuthority></TaxRegistration>`
      : ''
  }</Company>
<DefaultCurrencyCode>${company.currency}</DefaultCurrencyCode>
<SelectionCriteria><SelectionStartDate>${part.fromDate}</SelectionStartDate><SelectionEndDate>${part.toDate}</SelectionEndDate></SelectionCriteria>
<HeaderComment>ledgerVersion ${stamp.atVersion}${stamp.chainHead ? ` chainHead ${stamp.chainHead}` : ''}</HeaderComment>
<TaxAccountingBasis>A</TaxAccountingBasis>${element('UserID', stamp.userId, 35)}</Header>
<MasterFiles>
`
