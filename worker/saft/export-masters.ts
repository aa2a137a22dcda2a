import { usualGrouping } from '#worker/chart/usual-grouping.ts'
import { addDays, type IsoDate } from '#worker/core/dates.ts'
import type { PartyCard } from '#worker/parties/party.ts'
import { balance, element } from './export-xml.ts'

/** An account of the file, opening and closing in øre. */
export type ExportAccount = {
  number: string
  name: string
  groupingCategory: string | null
  groupingCode: string | null
  opening: number
  closing: number
}
export type ExportParty = PartyCard & {
  /** By account, in øre; on its control account at zero when it never had an entry. */
  balances: readonly { account: string; opening: number; closing: number }[]
}
export type ExportTaxCode = {
  code: string
  name: string
  validFrom: string | null
  validTo: string | null
  /** Basis points on the last day of the file; null where the code has no rate. */
  rate: number | null
}
export type ExportDimension = {
  key: string
  name: string
  values: readonly { code: string; name: string; closedFrom: string | null }[]
}

/** An account with its place in the næringsspesifikasjon. */
export function accountXml(a: ExportAccount): string {
  const { category, code } =
    a.groupingCategory && a.groupingCode
      ? { category: a.groupingCategory, code: a.groupingCode }
      : usualGrouping(a.number)
  return `<Account>${element('AccountID', a.number, 70)}${element('AccountDescription', a.name || a.number)}${element(
    'GroupingCategory',
    category,
  )}${element('GroupingCode', code)}<AccountType>GL</AccountType>${balance('Opening', a.opening)}${balance(
    'Closing',
    a.closing,
  )}</Account>\n`
}

/** A customer or supplier with its balance on each control account. */
export function partyXml(p: ExportParty): string {
  const name = p.kind === 'customer' ? 'Customer' : 'Supplier'
  const place = [
    element('StreetName', p.address),
    element('City', p.city),
    element('PostalCode', p.postalCode, 70),
    p.country && /^[A-Z]{2}$/.test(p.country) ? element('Country', p.country) : '',
  ].join('')
  const phone = p.phone && p.phone.length <= 18 ? p.phone : null
  const email = p.email && p.email.length <= 70 ? p.email : null
  const contact =
    phone || email
      ? `<Contact>${personXml(p.name)}${element('Telephone', phone)}${element('Email', email)}</Contact>`
      : ''
  const balances = p.balances.length > 0 ? p.balances : [{ account: p.controlAccount, opening: 0, closing: 0 }]
  const info = [
    p.paymentTermsDays === null ? '' : `<PaymentTerms><Days>${p.paymentTermsDays}</Days></PaymentTerms>`,
    p.active ? '' : '<Status>Passive</Status>',
  ].join('')
  return `<${name}>${element('RegistrationNumber', p.organisationNumber, 35)}${element('Name', p.name)}${
    place && `<Address>${place}</Address>`
  }${contact}${
    p.bankAccount ? `<BankAccount>${payableXml(p.bankAccount)}</BankAccount>` : ''
  }${element(`${name}ID`, p.number, 35)}${balances
    .map(
      (b) =>
        `<BalanceAccount>${element('AccountID', b.account, 70)}${balance('Opening', b.opening)}${balance('Closing', b.closing)}</BalanceAccount>`,
    )
    .join('')}${info && `<PartyInfo>${info}</PartyInfo>`}</${name}>\n`
}

const payableXml = (account: string): string =>
  /^\d/.test(account) ? `<BankAccountNumber>${account}</BankAccountNumber>` : `<IBANNumber>${account}</IBANNumber>`

/** A name that is not split into first and last (norway.md 6.2). */
export const personXml = (name: string): string =>
  `<ContactPerson><FirstName>NotUsed</FirstName>${element('LastName', name, 70)}</ContactPerson>`

/** Our codes are the standard tax codes, so each stands for itself. */
export const taxTableXml = (codes: readonly ExportTaxCode[]): string =>
  codes.length === 0
    ? ''
    : `<TaxTable><TaxTableEntry><TaxType>MVA</TaxType><Description>Merverdiavgift</Description>\n${codes
        .map(
          (c) =>
            `<TaxCodeDetails>${element('TaxCode', c.code, 70)}${element('EffectiveDate', c.validFrom)}${element(
              'ExpirationDate',
              c.validTo,
            )}${element('Description', c.name)}<TaxPercentage>${percentText(c.rate ?? 0)}</TaxPercentage><Country>NO</Country>${element(
              'StandardTaxCode',
              c.code,
            )}<BaseRate>100</BaseRate></TaxCodeDetails>\n`,
        )
        .join('')}</TaxTableEntry></TaxTable>\n`

/** Basis points as percent: 1111 is 11.11. */
export const percentText = (rate: number): string => String(rate / 100)

/** The code of each dimension in the file, at most nine characters: AVD and PRO as everybody writes them. */
export function analysisTypesOf(keys: readonly string[]): Map<string, string> {
  const usual: Record<string, string> = { department: 'AVD', project: 'PRO' }
  const types = new Map<string, string>()
  const taken = new Set<string>()
  for (const key of keys) {
    const plain = usual[key] ?? key.toUpperCase().slice(0, 9)
    let type = plain
    for (let n = 2; taken.has(type); n++) type = `${plain.slice(0, 9 - String(n).length)}${n}`
    taken.add(type)
    types.set(key, type)
  }
  return types
}

export function analysisTableXml(dimensions: readonly ExportDimension[], types: ReadonlyMap<string, string>): string {
  const entries = dimensions.flatMap(({ key, name, values }) =>
    values.map(
      (v) =>
        `<AnalysisTypeTableEntry>${element('AnalysisType', types.get(key))}${element('AnalysisTypeDescription', name)}${element(
          'AnalysisID',
          v.code,
        )}${element('AnalysisIDDescription', v.name)}${
          v.closedFrom ? `${element('EndDate', addDays(v.closedFrom as IsoDate, -1))}<Status>Closed</Status>` : ''
        }</AnalysisTypeTableEntry>\n`,
    ),
  )
  return entries.length === 0 ? '' : `<AnalysisTypeTable>\n${entries.join('')}</AnalysisTypeTable>\n`
}
