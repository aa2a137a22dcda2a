// P4: other tools balance the same book. They read all of it again for each report; theirs is CPU, ours the time of a request.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import type { Company } from './instance.ts'
import type { Figure, Skipped } from './line.ts'

type Voucher = { version: number; date: string; entries: { account: string; amount: number }[] }
type Peer = {
  name: string
  tool: string
  goal: string | null
  /** What stands before the vouchers, a voucher, and how the tool is asked for the balance of a file. */
  opens: (accounts: readonly string[]) => string
  voucher: (v: Voucher) => string
  balance: (file: string) => string[]
  /** An account and its balance in kroner, wherever they stand in a line. */
  line: RegExp
}

const kroner = (ore: number) => (ore / 100).toFixed(2)
const journal = {
  opens: () => '',
  voucher: ({ date, version, entries }: Voucher) =>
    `\n${date} voucher ${version}\n${entries.map((e) => `  ${e.account}  ${kroner(e.amount)} NOK`).join('\n')}\n`,
  line: /(?<amount>-?[\d.,]+) NOK\s+(?<account>\d+)/g,
}

const PEERS: readonly Peer[] = [
  {
    ...journal,
    name: 'hledger',
    tool: 'hledger',
    goal: 'ratio >= 10000',
    balance: (f) => ['-f', f, 'balance', '-N', '-E'],
  },
  {
    ...{ ...journal, name: 'ledger', tool: 'ledger', goal: 'ratio >= 2000' },
    balance: (f) => ['-f', f, 'balance', '-E', '--flat', '--no-total'],
  },
  {
    ...{ name: 'beancount', tool: 'bean-query', goal: null },
    opens: (accounts) => accounts.map((a) => `1970-01-01 open Assets:A${a}\n`).join(''),
    voucher: ({ date, version, entries }) =>
      `\n${date} * "voucher ${version}"\n${entries.map((e) => `  Assets:A${e.account}  ${kroner(e.amount)} NOK`).join('\n')}\n`,
    balance: (f) => ['--no-errors', f, 'select account, sum(number) group by account'],
    line: /Assets:A(?<account>\d+)\s+(?<amount>-?[\d.,]+)/g,
  },
]

/** Each tool that is installed on the same book, its balances held against ours account by account; the others named and left out. */
export function measurePeers(company: Company, vouchers: number, trialBalanceMs: number): (Figure | Skipped)[] {
  const tryton: Skipped = {
    ...{ id: 'P4', what: 'trial balance, times faster than Tryton' },
    skipped:
      'Tryton needs an installation with a book of its own (a prototype took 12.1 s of CPU at 10,000); not measured here',
  }
  const seconds = trialBalanceMs / 1000
  return [
    ...PEERS.map((peer): Figure | Skipped => {
      try {
        execFileSync(peer.tool, ['--version'], { stdio: 'ignore' })
      } catch {
        const what = `trial balance, times faster than ${peer.name}`
        return { id: 'P4', what, skipped: `${peer.name} (${peer.tool}) is not installed` }
      }
      const taken = cpuSecondsOf(peer, company)
      return {
        ...{ id: 'P4', what: `trial balance of ${vouchers} vouchers over HTTP, times faster than ${peer.name}` },
        ...{ value: seconds, unit: 's', floor: taken, ratio: taken / seconds, goal: peer.goal, n: 100, vouchers },
      }
    }),
    tryton,
  ]
}

/** CPU seconds of one balance. @throws Error when it differs from the entries on any account. */
function cpuSecondsOf(peer: Peer, company: Company): number {
  const { book, sums } = bookOf(peer, company)
  const dir = mkdtempSync('node_modules/.cache/peer-')
  try {
    const file = join(dir, 'book')
    writeFileSync(file, book)
    const args = ['-f', '%U %S', peer.tool, ...peer.balance(file)]
    const timed = spawnSync('/usr/bin/time', args, { encoding: 'utf8', maxBuffer: 1 << 28 })
    const found = new Map(
      [...timed.stdout.matchAll(peer.line)].map(({ groups }) => [
        groups!.account!,
        Math.round(Number(groups!.amount!.replaceAll(',', '')) * 100),
      ]),
    )
    const wrong = [...sums].filter(([account, amount]) => (found.get(account) ?? 0) !== amount)
    if (wrong.length > 0) throw new Error(`${peer.name} disagrees on ${wrong.length} accounts`)
    const [user = 0, system = 0] = timed.stderr.trim().split('\n').at(-1)!.split(' ').map(Number)
    return user + system
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The book as the tool reads it, and what each account sums to, in øre. */
function bookOf(peer: Peer, { file }: Company): { book: string; sums: Map<string, number> } {
  const db = new Database(file, { readonly: true } as never)
  const parts: string[] = []
  const sums = new Map<string, number>()
  let voucher: Voucher | undefined
  const rows = db.prepare(
    'select ledger_version v, voucher_date d, account a, amount m from entry order by ledger_version, line',
  )
  for (const { v, d, a, m } of rows.iterate() as Iterable<{ v: number; d: string; a: string; m: number }>) {
    if (v !== voucher?.version) {
      if (voucher) parts.push(peer.voucher(voucher))
      voucher = { version: v, date: d, entries: [] }
    }
    voucher.entries.push({ account: a, amount: m })
    sums.set(a, (sums.get(a) ?? 0) + m)
  }
  if (voucher) parts.push(peer.voucher(voucher))
  db.close()
  return { book: peer.opens([...sums.keys()]) + parts.join(''), sums }
}
