// SAF-T in: a generated file imported through the whole stack, against the same bytes through the XML parser alone. And what it
// costs in memory over an idle Worker.
import { SaxesParser } from 'saxes'
import { accounts, customers, type Line, suppliers, type Voucher, vouchers } from './generated-ledger.ts'
import { type Instance, lastYear } from './instance.ts'
import { cpuMs, type Figure, peakMiB } from './line.ts'

const amount = (ore: number) => `${Math.floor(Math.abs(ore) / 100)}.${String(Math.abs(ore) % 100).padStart(2, '0')}`
const side = (ore: number, name: string) => (ore < 0 ? `<Credit${name}>` : `<Debit${name}>`)
const close = (ore: number, name: string) => side(ore, name).replace('<', '</')
const money = (ore: number) => `${side(ore, 'Amount')}<Amount>${amount(ore)}</Amount>${close(ore, 'Amount')}`

/** A whole SAF-T file of so many vouchers, a piece at a time. */
export function* saftFile(count: number): Generator<string> {
  const closing = new Map<string, number>()
  const byParty = new Map<string, number>()
  let debit = 0
  for (const v of vouchers(count, lastYear))
    for (const line of v.lines) {
      closing.set(line.account, (closing.get(line.account) ?? 0) + line.amount)
      const party = line.customer ?? line.supplier
      if (party) byParty.set(party, (byParty.get(party) ?? 0) + line.amount)
      if (line.amount > 0) debit += line.amount
    }
  const balance = (when: string, ore: number) =>
    `${side(ore, `Balance`).replace('<', `<${when}`)}${amount(ore)}${close(ore, 'Balance').replace('</', `</${when}`)}`
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO"><Header><AuditFileVersion>1.30</AuditFileVersion><AuditFileCountry>NO</AuditFileCountry><AuditFileDateCreated>${lastYear}-12-31</AuditFileDateCreated><SoftwareCompanyName>Benk</SoftwareCompanyName><SoftwareID>B</SoftwareID><SoftwareVersion>1</SoftwareVersion><Company><RegistrationNumber>923609016</RegistrationNumber><Name>Benk AS</Name><Contact><ContactPerson><FirstName>NotUsed</FirstName><LastName>A</LastName></ContactPerson></Contact></Company><DefaultCurrencyCode>NOK</DefaultCurrencyCode><SelectionCriteria><SelectionStartDate>${lastYear - 2}-01-01</SelectionStartDate><SelectionEndDate>${lastYear}-12-31</SelectionEndDate></SelectionCriteria><TaxAccountingBasis>A</TaxAccountingBasis></Header><MasterFiles><GeneralLedgerAccounts>`
  for (const a of accounts)
    yield `<Account><AccountID>${a}</AccountID><AccountDescription>Konto ${a}</AccountDescription><GroupingCategory>annenDriftskostnad</GroupingCategory><GroupingCode>7700</GroupingCode><AccountType>GL</AccountType><OpeningDebitBalance>0.00</OpeningDebitBalance>${balance('Closing', closing.get(a) ?? 0)}</Account>\n`.replace(
      /<GroupingCategory>.*<\/GroupingCode>/,
      groupingOf(a),
    )
  yield '</GeneralLedgerAccounts><Customers>'
  for (const c of customers)
    yield `<Customer><Name>Kunde ${c} AS</Name><CustomerID>${c}</CustomerID><BalanceAccount><AccountID>1500</AccountID><OpeningDebitBalance>0.00</OpeningDebitBalance>${balance('Closing', byParty.get(c) ?? 0)}</BalanceAccount></Customer>\n`
  yield '</Customers><Suppliers>'
  for (const s of suppliers)
    yield `<Supplier><Name>Leverandør ${s} AS</Name><SupplierID>${s}</SupplierID><BalanceAccount><AccountID>2400</AccountID><OpeningDebitBalance>0.00</OpeningDebitBalance>${balance('Closing', byParty.get(s) ?? 0)}</BalanceAccount></Supplier>\n`
  yield `</Suppliers></MasterFiles><GeneralLedgerEntries><NumberOfEntries>${count}</NumberOfEntries><TotalDebit>${amount(debit)}</TotalDebit><TotalCredit>${amount(debit)}</TotalCredit><Journal><JournalID>A</JournalID><Description>Alt</Description><Type>GL</Type>`
  for (const v of vouchers(count, lastYear)) yield transaction(v)
  yield '</Journal></GeneralLedgerEntries></AuditFile>'
}

function groupingOf(account: string): string {
  const [category, code] =
    account < '2'
      ? ['balanseverdiForOmloepsmiddel', '1570']
      : account < '21'
        ? ['egenkapital', '2050']
        : account < '3'
          ? ['kortsiktigGjeld', '2990']
          : account < '4'
            ? ['salgsinntekt', '3000']
            : ['annenDriftskostnad', '7700']
  return `<GroupingCategory>${category}</GroupingCategory><GroupingCode>${code}</GroupingCode>`
}

const lineOf = (l: Line, i: number, text: string) =>
  `<Line><RecordID>${i + 1}</RecordID><AccountID>${l.account}</AccountID>${l.customer ? `<CustomerID>${l.customer}</CustomerID>` : ''}${l.supplier ? `<SupplierID>${l.supplier}</SupplierID>` : ''}<Description>${text}</Description>${money(l.amount)}</Line>`
const transaction = (v: Voucher) =>
  `<Transaction><TransactionID>${v.number}</TransactionID><Period>${Number(v.date.slice(5, 7))}</Period><PeriodYear>${v.date.slice(0, 4)}</PeriodYear><TransactionDate>${v.date}</TransactionDate><VoucherType>${v.type}</VoucherType><Description>${v.text}</Description><SystemEntryDate>${v.date}</SystemEntryDate><GLPostingDate>${v.date}</GLPostingDate>${v.lines.map((l, i) => lineOf(l, i, v.text)).join('')}</Transaction>\n`

/** Seconds of CPU the parser takes for the same text, with handlers that do nothing. */
function parseOnlySeconds(text: string): number {
  const began = process.cpuUsage()
  const parser = new SaxesParser({ xmlns: true })
  parser.on('opentag', () => {})
  parser.on('text', () => {})
  parser.on('closetag', () => {})
  for (let at = 0; at < text.length; at += 65_536) parser.write(text.slice(at, at + 65_536))
  parser.close()
  const used = process.cpuUsage(began)
  return (used.user + used.system) / 1e6
}

/** `rawUs`: what the database cannot do a voucher without, in microseconds of CPU (`measurePostingBatch`). */
export async function measureSaft(instance: Instance, count: number, rawUs: number): Promise<Figure[]> {
  const text = [...saftFile(count)].join('')
  const bytes = new TextEncoder().encode(text)
  const MiB = bytes.length / 2 ** 20
  const parse = parseOnlySeconds(text)
  const workers = instance.platform.workerPids()
  const all = [...workers, ...instance.platform.databases.pids()]
  const [cpuBefore, memoryBefore] = [cpuMs(all), Math.max(...workers.map(peakMiB))]
  const began = performance.now()
  const answer = await fetch(`${instance.platform.url}/api/v1/imports/saft`, {
    method: 'POST',
    headers: { authorization: `Bearer ${instance.platform.operatorKey}`, 'content-type': 'application/xml' },
    body: bytes,
  })
  const receipt = (await answer.json()) as { differences?: unknown[]; ledgerVersion?: number }
  const seconds = (performance.now() - began) / 1000
  if (answer.status !== 201 || receipt.differences?.length !== 0) throw new Error(JSON.stringify(receipt).slice(0, 400))
  const cpu = (cpuMs(all) - cpuBefore) / 1000
  const memory = Math.max(...workers.map(peakMiB)) - memoryBefore
  const shared = { id: 'SAF-T', n: count, vouchers: count }
  return [
    {
      ...shared,
      what: 'SAF-T in, wall / parse only, CPU',
      value: MiB / seconds,
      unit: 'MiB/s',
      floor: MiB / parse,
      ratio: parse / seconds,
      goal: 'ratio >= 0.4',
      more: { MiB: Math.round(MiB), cpuSeconds: cpu },
    },
    {
      ...shared,
      what: 'SAF-T in, CPU of all processes / parse only and raw inserts of the same rows',
      value: (cpu / count) * 1e6,
      unit: 'us/voucher',
      floor: (parse / count) * 1e6 + rawUs,
      ratio: cpu / (parse + (rawUs * count) / 1e6),
      goal: null,
      more: { parseUs: (parse / count) * 1e6, ratioOfFloor: parse / (parse + (rawUs * count) / 1e6) },
    },
    {
      ...shared,
      what: 'growth of workerd over its peak before, during import',
      value: memory,
      unit: 'MiB',
      floor: null,
      ratio: null,
      goal: null,
    },
    {
      ...shared,
      what: 'accounts and parties that differ after import',
      value: receipt.differences.length,
      unit: 'count',
      floor: null,
      ratio: null,
      goal: 'value <= 0',
    },
  ]
}

/**
 * How much more memory the Worker takes for a large file than for a small one, both sent as streams: peaks never sink, so what the
 * large one adds is what it costs.
 */
export async function measureSaftMemory(
  instance: Instance,
  [small, large]: readonly [number, number],
): Promise<Figure[]> {
  const workers = instance.platform.workerPids()
  const peak = () => Math.max(...workers.map(peakMiB))
  const bring = async (count: number): Promise<number> => {
    const pieces = saftFile(count)
    const utf8 = new TextEncoder()
    let size = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const { done, value } = pieces.next()
        if (done) return controller.close()
        const bytes = utf8.encode(value)
        size += bytes.length
        controller.enqueue(bytes)
      },
    })
    const answer = await fetch(`${instance.platform.url}/api/v1/imports/saft`, {
      method: 'POST',
      headers: { authorization: `Bearer ${instance.platform.operatorKey}`, 'content-type': 'application/xml' },
      body,
      duplex: 'half',
    } as RequestInit)
    const text = await answer.text()
    if (answer.status !== 201) throw new Error(text.slice(0, 400))
    return Math.round(size / 2 ** 20)
  }
  const smallMiB = await bring(small)
  const before = peak()
  const largeMiB = await bring(large)
  return [
    {
      id: 'SAF-T',
      n: large,
      what: 'growth of workerd from a small file to a large one',
      value: peak() - before,
      unit: 'MiB',
      floor: null,
      ratio: null,
      goal: 'value <= 64',
      more: { smallMiB, largeMiB },
    },
  ]
}
