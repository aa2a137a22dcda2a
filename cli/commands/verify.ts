import { companyPath, query } from '../client.ts'
import { type Call, type Command, filled, optional } from '../command.ts'

type Check = {
  name: string
  holds: boolean
  rows: number
  violations: number
  offenders: readonly Record<string, string | number | null>[]
}
type Verified = { ok: boolean; ledgerVersion: number; checks: Check[]; notBuilt: { name: string }[] }
type Company = { id: string; name: string }

/** One company, or all that one may reach. Ends with 1 when anything does not hold. */
export const verify: Command = {
  name: 'verify',
  usage: '[--company C] [--full | --since V]',
  words: [],
  options: { company: { type: 'string' }, full: { type: 'boolean' }, since: { type: 'string' } },
  async run(call) {
    const one = optional(call, 'company')
    if (one !== undefined) {
      const result = await verified(one, call)
      return { json: result, lines: linesOf(one, result, call), failed: !result.ok }
    }
    const { companies } = await call.client.call<{ companies: Company[] }>('/companies')
    const results: (Verified & { company: Company })[] = []
    for (const { id, name } of companies) results.push({ company: { id, name }, ...(await verified(id, call)) })
    const ok = results.every((result) => result.ok)
    const lines = results.flatMap((result) => linesOf(result.company.name, result, call))
    return { json: { ok, companies: results }, lines, failed: !ok }
  },
}

const verified = (company: string, call: Call): Promise<Verified> =>
  call.client.call(companyPath(company, `/verify${query({ full: call.values.full, since: optional(call, 'since') })}`))

/** What does not hold is told with where; what is not built is counted, so that nobody takes silence for a pass. */
function linesOf(company: string, { ok, checks, notBuilt, ledgerVersion }: Verified, { texts }: Call): string[] {
  const failures = checks.filter((check) => !check.holds)
  return [
    filled(ok ? texts.verified : texts.notVerified, { company, failures: failures.length, version: ledgerVersion }),
    ...checks.map(({ holds, name, rows }) => `  ${holds ? texts.holds : texts.fails}  ${name} (${rows})`),
    ...failures.flatMap(({ offenders, name }) => offenders.map((o) => `    ${name}: ${JSON.stringify(o)}`)),
    `  ${filled(texts.notBuilt, { count: notBuilt.length })}`,
  ]
}
