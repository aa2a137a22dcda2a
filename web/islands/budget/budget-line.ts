import type { Season } from '#worker/budgets/spread.ts'
import type { Line } from '../voucher/send.ts'
import type { SaveResult } from './budget-desk.ts'
import type { Actuals, Moved } from './budget-facts.ts'
import type { Base } from './budget-row.ts'

type LinesAnswer = { budget: { months: string[]; revision: number }; lines: Base[] }
type ActualsAnswer = { rows: ({ account: string; value: string | null } & Moved)[] }

/** A budget as the API has it, with what stands beside it. `linesOnly` leaves that out. */
export async function fetchBudget(line: Line, budget: string, linesOnly = false) {
  const get = async <T>(path: string): Promise<T> => {
    const response = await line.fetch(`${line.base}${path}`, { headers: { accept: 'application/json' } })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return (await response.json()) as T
  }
  const [{ budget: head, lines }, actuals, { seasons }] = await Promise.all([
    get<LinesAnswer>(`/budgets/${budget}/lines`),
    linesOnly ? { rows: [] } : get<ActualsAnswer>(`/budgets/${budget}/actuals?by=department`),
    linesOnly ? { seasons: [] } : get<{ seasons: Season[] }>('/budget-seasons'),
  ])
  const byAccount = new Map<string, Map<string | null, Moved>>()
  for (const { account, value, thisYear, lastYear } of actuals.rows)
    byAccount.set(account, (byAccount.get(account) ?? new Map()).set(value, { thisYear, lastYear }))
  return {
    lines,
    revision: head.revision,
    facts: { months: head.months, actuals: byAccount as Actuals, seasons },
  }
}

/** Saves changed lines. What gets no answer may be sent again: each cell says what it was, so nothing is written twice. */
export async function sendLines(line: Line, budget: string, lines: unknown[]): Promise<SaveResult> {
  let response: Response
  try {
    response = await line.fetch(`${line.base}/budgets/${budget}/lines`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'accept-language': line.locale },
      body: JSON.stringify({ lines }),
      keepalive: JSON.stringify(lines).length < 60_000,
    } as RequestInit)
  } catch {
    return { kind: 'lost' }
  }
  if (response.status === 401) return { kind: 'signed-out' }
  if (response.status >= 500 || response.status === 429) return { kind: 'lost' }
  const answer = (await response.json().catch(() => undefined)) as any
  if (!answer) return { kind: 'lost' }
  if (response.ok) return { kind: 'saved', answer }
  return { kind: 'refused', title: String(answer.issues?.[0]?.message ?? answer.title ?? response.status) }
}
