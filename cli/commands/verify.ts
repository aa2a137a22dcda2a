import { companyPath } from '../client.ts'
import { type Call, type Command, filled, optional } from '../command.ts'

type Check = { key: string; name: string; holds: boolean }
type Verified = { ok: boolean; checks: Check[] }

/** One company, or all that one may reach. Ends with 1 when anything does not hold. */
export const verify: Command = {
  name: 'verify',
  usage: '[--company C]',
  words: [],
  options: { company: { type: 'string' } },
  async run(call) {
    const one = optional(call, 'company')
    if (one !== undefined) {
      const result = await call.client.call<Verified>(companyPath(one, '/verify'))
      return { json: result, lines: linesOf(one, result, call), failed: !holds(result) }
    }
    const { companies } = await call.client.call<{ companies: { id: string; name: string }[] }>('/companies')
    const results: ({ company: { id: string; name: string } } & Verified)[] = []
    for (const { id, name } of companies)
      results.push({ company: { id, name }, ...(await call.client.call<Verified>(companyPath(id, '/verify'))) })
    return {
      json: { companies: results, ok: results.every(holds) },
      lines: results.flatMap((result) => linesOf(result.company.name, result, call)),
      failed: !results.every(holds),
    }
  },
}

const failuresOf = ({ checks }: Verified): Check[] => checks.filter((check) => !check.holds)
const holds = ({ ok }: Verified): boolean => ok

function linesOf(company: string, result: Verified, { texts }: Call): string[] {
  const head = holds(result)
    ? filled(texts.verified, { company })
    : filled(texts.notVerified, { company, failures: failuresOf(result).length })
  const checks = result.checks.map((check) => `  ${check.holds ? texts.holds : texts.fails}  ${check.name}`)
  return [head, ...checks]
}
