import { parse } from '#worker/http/accept.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { planParties } from '#worker/parties/import-parties.ts'
import { type ImportedParty, PartyImport } from '#worker/parties/party-import.ts'
import type { ImportContext } from './import-context.ts'
import type { Run } from './import-outcome.ts'
import { listed, outcomesOf } from './row-list.ts'
import { sidesOf } from './run-chart-import.ts'
import { type Read, tell } from './sheet-records.ts'

/** Brings rows into the register of customers or suppliers. @throws Problem as `planParties`. */
export async function runPartyImport(ctx: ImportContext, read: Read, kind: PartyKind, dryRun: boolean): Promise<Run> {
  const list = listed(read.rows, 'parties', PartyImport, parse, ({ values }) => ({ kind, ...values }))
  const wanted = list.good.map(({ value }) => value as ImportedParty)
  const diff = wanted.length > 0 ? await planParties(ctx, { parties: wanted, dryRun }) : NOTHING
  const rows = outcomesOf(list, 'parties', diff.issues, (_, place) => {
    const { status, party, changes } = diff.rows[place]!
    return { status, subject: party ? `${party.number} ${party.name}` : '', changes }
  })
  const touched = diff.rows.flatMap(({ status, party, changes }) => (party ? [{ status, party, changes }] : []))
  const made = new Set(touched.filter((t) => t.status === 'new').map((t) => t.party.number))
  const twice = touched.filter((t) => t.status === 'changed' && made.has(t.party.number)).length
  // Several rows may be one party: what stood before is what the first of them met.
  const before = new Map<string, Record<string, readonly [unknown, unknown]>>()
  for (const { status, party, changes } of touched) {
    if (status !== 'changed' || made.has(party.number)) continue
    const own = before.get(party.number) ?? {}
    for (const [field, [was, is]] of Object.entries(changes)) own[field] = [own[field]?.[0] ?? was, is]
    before.set(party.number, own)
  }
  const kept = diff.rows.flatMap(({ party, given }) => (party && given !== null ? [`${given} → ${party.number}`] : []))
  const named = kept.length > 6 ? `${kept.slice(0, 6).join(', ')} …` : kept.join(', ')
  return {
    ...read,
    rows,
    told: [
      ...read.told,
      ...(twice > 0 ? [tell('partyTwice', { n: twice })] : []),
      ...(kept.length > 0 ? [tell('partyKeepsNumber', { n: kept.length, numbers: named }, true)] : []),
    ],
    sum: null,
    statements: diff.statements,
    steps: {
      of: 'parties',
      added: [...made].map((number) => [kind, number]),
      changed: [...before].map(([number, changes]) => ({ kind, number, ...sidesOf(changes) })),
    },
  }
}

const NOTHING: Awaited<ReturnType<typeof planParties>> = { rows: [], issues: [], statements: [] }
