/** SAF-T files made for tests and measurements: small ones from plain values, large ones as a stream. */
export const SAFT = 'urn:StandardAuditFile-Taxation-Financial:NO'

/** Øre as SAF-T writes it. */
export const kr = (ore: number): string => {
  const digits = String(Math.abs(ore)).padStart(3, '0')
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

export type FileAccount = { id: string; name?: string; grouping?: [string, string]; opening?: number; closing?: number }
export type FileParty = {
  id: string
  name?: string
  organisationNumber?: string
  account?: string
  opening?: number
  closing?: number
}
export type FileLine = {
  account: string
  amount: number
  customer?: string
  supplier?: string
  text?: string
  /** Code, percent, tax in øre signed as the line. */
  tax?: [code: string, percent: string, amount: number]
  analysis?: [type: string, id: string][]
  extra?: string
}
export type FileTransaction = {
  id: string
  date: string
  lines: FileLine[]
  journal?: string
  text?: string
  extra?: string
}
export type SaftFile = {
  version?: string
  name?: string
  organisationNumber?: string
  currency?: string
  start?: string
  end?: string
  accounts: FileAccount[]
  customers?: FileParty[]
  suppliers?: FileParty[]
  taxCodes?: [code: string, standard: string, percent: string][]
  analysis?: [type: string, description: string, id: string, name: string][]
  transactions: FileTransaction[]
  prefix?: string
  declaration?: string
}

const balance = (which: 'Opening' | 'Closing', ore = 0) =>
  ore < 0
    ? `<${which}CreditBalance>${kr(-ore)}</${which}CreditBalance>`
    : `<${which}DebitBalance>${kr(ore)}</${which}DebitBalance>`
export const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const partyXml = (name: 'Customer' | 'Supplier', p: FileParty) =>
  `<${name}>${p.organisationNumber ? `<RegistrationNumber>${p.organisationNumber}</RegistrationNumber>` : ''}<Name>${escapeXml(p.name ?? p.id)}</Name><${name}ID>${p.id}</${name}ID>${
    p.account === undefined
      ? ''
      : `<BalanceAccount><AccountID>${p.account}</AccountID>${balance('Opening', p.opening)}${balance('Closing', p.closing)}</BalanceAccount>`
  }</${name}>`

const lineXml = (l: FileLine, i: number) => {
  const side = l.amount < 0 ? 'Credit' : 'Debit'
  const tax = l.tax
    ? `<TaxInformation><TaxType>MVA</TaxType><TaxCode>${l.tax[0]}</TaxCode><TaxPercentage>${l.tax[1]}</TaxPercentage><TaxBase>${kr(Math.abs(l.amount))}</TaxBase><${side}TaxAmount><Amount>${kr(Math.abs(l.tax[2]))}</Amount></${side}TaxAmount></TaxInformation>`
    : ''
  const analysis = (l.analysis ?? [])
    .map(([type, id]) => `<Analysis><AnalysisType>${type}</AnalysisType><AnalysisID>${id}</AnalysisID></Analysis>`)
    .join('')
  return `<Line><RecordID>${i + 1}</RecordID><AccountID>${l.account}</AccountID>${analysis}${
    l.customer === undefined ? '' : `<CustomerID>${l.customer}</CustomerID>`
  }${l.supplier === undefined ? '' : `<SupplierID>${l.supplier}</SupplierID>`}<Description>${escapeXml(l.text ?? 'Linje')}</Description><${side}Amount><Amount>${kr(Math.abs(l.amount))}</Amount></${side}Amount>${tax}${l.extra ?? ''}</Line>`
}

export const transactionXml = (t: FileTransaction) =>
  `<Transaction><TransactionID>${t.id}</TransactionID><Period>${Number(t.date.slice(5, 7))}</Period><PeriodYear>${t.date.slice(0, 4)}</PeriodYear><TransactionDate>${t.date}</TransactionDate>${t.extra ?? ''}<Description>${escapeXml(t.text ?? 'Bilag')}</Description><SystemEntryDate>${t.date}</SystemEntryDate><GLPostingDate>${t.date}</GLPostingDate>${t.lines.map(lineXml).join('')}</Transaction>\n`

/** Everything before the first journal. `transactions` may be empty there. */
export function saftStart(f: SaftFile): string {
  const { start = '2025-01-01', end = '2025-12-31', organisationNumber = '923609016' } = f
  const all = f.transactions.flatMap((t) => t.lines)
  const debit = all.reduce((sum, l) => sum + Math.max(l.amount, 0), 0)
  return `${f.declaration ?? '<?xml version="1.0" encoding="UTF-8"?>'}
<AuditFile xmlns="${SAFT}">
<Header><AuditFileVersion>${f.version ?? '1.30'}</AuditFileVersion><AuditFileCountry>NO</AuditFileCountry><AuditFileDateCreated>${end}</AuditFileDateCreated><SoftwareCompanyName>Prøve</SoftwareCompanyName><SoftwareID>Prøve</SoftwareID><SoftwareVersion>1</SoftwareVersion><Company><RegistrationNumber>${organisationNumber}</RegistrationNumber><Name>${escapeXml(f.name ?? 'Filprøve AS')}</Name><TaxRegistration><TaxRegistrationNumber>${organisationNumber}MVA</TaxRegistrationNumber></TaxRegistration></Company><DefaultCurrencyCode>${f.currency ?? 'NOK'}</DefaultCurrencyCode><SelectionCriteria><SelectionStartDate>${start}</SelectionStartDate><SelectionEndDate>${end}</SelectionEndDate></SelectionCriteria><TaxAccountingBasis>A</TaxAccountingBasis></Header>
<MasterFiles>
<GeneralLedgerAccounts>${f.accounts
    .map(
      (a) =>
        `<Account><AccountID>${a.id}</AccountID><AccountDescription>${escapeXml(a.name ?? `Konto ${a.id}`)}</AccountDescription>${
          a.grouping
            ? `<GroupingCategory>${a.grouping[0]}</GroupingCategory><GroupingCode>${a.grouping[1]}</GroupingCode>`
            : ''
        }<AccountType>GL</AccountType>${balance('Opening', a.opening)}${balance('Closing', a.closing)}</Account>`,
    )
    .join('\n')}</GeneralLedgerAccounts>
<Customers>${(f.customers ?? []).map((p) => partyXml('Customer', p)).join('\n')}</Customers>
<Suppliers>${(f.suppliers ?? []).map((p) => partyXml('Supplier', p)).join('\n')}</Suppliers>
<TaxTable><TaxTableEntry><TaxType>MVA</TaxType><Description>Merverdiavgift</Description>${(f.taxCodes ?? [])
    .map(
      ([code, standard, percent]) =>
        `<TaxCodeDetails><TaxCode>${code}</TaxCode><TaxPercentage>${percent}</TaxPercentage><Country>NO</Country><StandardTaxCode>${standard}</StandardTaxCode><BaseRate>100</BaseRate></TaxCodeDetails>`,
    )
    .join('')}</TaxTableEntry></TaxTable>
<AnalysisTypeTable>${(f.analysis ?? [])
    .map(
      ([type, description, id, name]) =>
        `<AnalysisTypeTableEntry><AnalysisType>${type}</AnalysisType><AnalysisTypeDescription>${escapeXml(description)}</AnalysisTypeDescription><AnalysisID>${id}</AnalysisID><AnalysisIDDescription>${escapeXml(name)}</AnalysisIDDescription></AnalysisTypeTableEntry>`,
    )
    .join('')}</AnalysisTypeTable>
</MasterFiles>
<GeneralLedgerEntries><NumberOfEntries>${f.transactions.length}</NumberOfEntries><TotalDebit>${kr(debit)}</TotalDebit><TotalCredit>${kr(debit)}</TotalCredit>
`
}
export const saftEnd = '</GeneralLedgerEntries>\n</AuditFile>\n'

/** A whole small file; `prefix` writes every element with it. */
export function saft(f: SaftFile): string {
  const journals = new Map<string, FileTransaction[]>()
  for (const t of f.transactions) journals.set(t.journal ?? 'GL', [...(journals.get(t.journal ?? 'GL') ?? []), t])
  const body = [...journals]
    .map(
      ([id, all]) =>
        `<Journal><JournalID>${id}</JournalID><Description>Journal ${id}</Description><Type>${id.slice(0, 9)}</Type>\n${all.map(transactionXml).join('')}</Journal>\n`,
    )
    .join('')
  const text = saftStart(f) + body + saftEnd
  if (!f.prefix) return text
  return text
    .replace('<AuditFile xmlns=', `<AuditFile xmlns:${f.prefix}=`)
    .replace(/<(\/?)([A-Z]\w*)/g, `<$1${f.prefix}:$2`)
}

/** Accounts with the closing balances that the transactions give. */
export function withClosings(f: SaftFile): SaftFile {
  const moved = new Map<string, number>()
  for (const { lines } of f.transactions)
    for (const { account, amount } of lines) moved.set(account, (moved.get(account) ?? 0) + amount)
  return {
    ...f,
    accounts: f.accounts.map((a) => ({ ...a, closing: (a.opening ?? 0) + (moved.get(a.id) ?? 0) })),
  }
}

/**
 * A large file of invoices and payments, about 620 bytes a line: 1 000 customers, three accounts in each voucher with VAT, and
 * parties on half of the lines. The same numbers give the same bytes.
 */
export function* largeSaft(vouchers: number, year = 2025): Generator<string> {
  const customers = Array.from({ length: 1_000 }, (_, i) => 10_000 + i)
  const amountOf = (n: number) => 10_000 + ((n * 7_919) % 900_000) * 4
  let debit = 0
  const sums = { '1500': 0, '1920': 0, '2700': 0, '3000': 0 }
  const byCustomer = new Map(customers.map((id) => [id, 0]))
  const transactionOf = (n: number): FileTransaction => {
    const net = amountOf(n >> 1)
    const gross = net + net / 4
    const customer = customers[(n >> 1) % 1_000]!
    const date = `${year}-${String(1 + (((n * 12) / vouchers) | 0)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`
    const extra = `<SourceID>ola</SourceID><VoucherType>${n % 2 ? 'CP' : 'SI'}</VoucherType>`
    const invoice = `<ReferenceNumber>${20_000 + (n >> 1)}</ReferenceNumber><DueDate>${date}</DueDate>`
    const analysis: [string, string][] = [['AVD', String(10 * (1 + (n % 3)))]]
    const lines: FileLine[] =
      n % 2
        ? [
            { account: '1920', amount: gross, text: 'Innbetaling' },
            { account: '1500', amount: -gross, customer: String(customer), text: 'Innbetaling', extra: invoice },
          ]
        : [
            {
              account: '1500',
              amount: gross,
              customer: String(customer),
              text: `Faktura ${20_000 + (n >> 1)}`,
              extra: invoice,
            },
            { account: '3000', amount: -net, text: 'Varesalg', tax: ['3', '25', -net / 4], analysis },
            { account: '2700', amount: -net / 4, text: 'Mva' },
          ]
    return { id: `T-${n}`, date, lines, text: n % 2 ? 'Innbetaling fra kunde' : 'Utgående faktura', extra }
  }
  for (let n = 0; n < vouchers; n++)
    for (const { account, amount, customer } of transactionOf(n).lines) {
      sums[account as keyof typeof sums] += amount
      if (amount > 0) debit += amount
      if (customer) byCustomer.set(Number(customer), byCustomer.get(Number(customer))! + amount)
    }
  yield saftStart({
    name: 'Stor Fil AS',
    start: `${year}-01-01`,
    end: `${year}-12-31`,
    accounts: [
      { id: '1500', grouping: ['balanseverdiForOmloepsmiddel', '1500'], closing: sums['1500'] },
      { id: '1920', grouping: ['balanseverdiForOmloepsmiddel', '1920'], closing: sums['1920'] },
      { id: '2700', grouping: ['kortsiktigGjeld', '2740'], closing: sums['2700'] },
      { id: '3000', grouping: ['salgsinntekt', '3000'], closing: sums['3000'] },
    ],
    customers: customers.map((id) => ({
      id: String(id),
      name: `Kunde ${id} AS`,
      account: '1500',
      closing: byCustomer.get(id)!,
    })),
    taxCodes: [['3', '3', '25']],
    analysis: [
      ['AVD', 'Avdeling', '10', 'Salg'],
      ['AVD', 'Avdeling', '20', 'Drift'],
      ['AVD', 'Avdeling', '30', 'Stab'],
    ],
    transactions: [],
  }).replace(
    /<NumberOfEntries>.*\n/,
    `<NumberOfEntries>${vouchers}</NumberOfEntries><TotalDebit>${kr(debit)}</TotalDebit><TotalCredit>${kr(debit)}</TotalCredit>\n`,
  )
  yield '<Journal><JournalID>S</JournalID><Description>Salg</Description><Type>S</Type>\n'
  for (let n = 0; n < vouchers; n += 200) {
    let text = ''
    for (let i = n; i < Math.min(n + 200, vouchers); i++) text += transactionXml(transactionOf(i))
    yield text
  }
  yield `</Journal>\n${saftEnd}`
}
