// R2 and R3: posting at a fixed rate, and at more than can be done.
import { draftOf, vouchers } from './generated-ledger.ts'
import { type Company, type Instance, lastYear, voucherId } from './instance.ts'
import { type Figure, fdatasyncP99Us, quantile } from './line.ts'
import { type Answered, type Asked, openLoop, percentiles } from './open-loop.ts'
import { faults, type Load, post } from './posting.ts'

/** Drafts without end, as requests; each has an id of its own. */
export function postsTo(company: Company, count: number): (i: number) => Asked {
  const list = [...vouchers(Math.max(count, 10), lastYear)]
  return (i) => {
    const body = JSON.stringify(draftOf(list[i % list.length]!, voucherId()))
    return { kind: 'post', method: 'POST', path: `${company.path}/vouchers`, body }
  }
}

/** Posts a second that fifty clients get done who wait for their answers. */
async function capacityOf(instance: Instance, company: Company, count: number): Promise<{ rate: number; load: Load }> {
  const connections = await Promise.all(Array.from({ length: 50 }, () => instance.connect()))
  const drafts = (n: number) => [...vouchers(n, lastYear)].map((v) => draftOf(v, voucherId()))
  await post(connections, company, drafts(300))
  const load = await post(connections, company, drafts(count))
  for (const connection of connections) connection.close()
  return { rate: load.rate, load }
}

const acknowledgedBy = (answers: readonly Answered[]): Load['acknowledged'] =>
  new Map(
    answers.flatMap(({ status, body }) => {
      if (status !== 201) return []
      const { id, number, type } = JSON.parse(body)
      return [[id, { number, type }]] as const
    }),
  )
/** What the ledger says of what was acknowledged: gaps, doubles, and what is not there. */
const wrongIn = (company: Company, answers: readonly Answered[]): Promise<number> =>
  faults(company, [{ acknowledged: acknowledgedBy(answers), failed: 0 }])

/** Posting at a rate: so many a second, or a part of what fifty clients get done. Timed from when each post was due. */
export async function measureOpenLoop(instance: Instance, rate: number, seconds: number): Promise<Figure[]> {
  const company = await instance.company()
  const capacity = await capacityOf(instance, company, 2_000)
  const perSecond = rate <= 1 ? capacity.rate * rate : rate
  const next = postsTo(company, Math.round(perSecond * seconds))
  const answers = await openLoop(instance.connect, { perSecond, seconds, next })
  const { p99Ms, ...others } = percentiles(answers)
  const limit = 100 + (2 * fdatasyncP99Us(instance.dir)) / 1000
  const shared = { id: 'R2', n: answers.length, vouchers: answers.length }
  return [
    {
      ...shared,
      what: `p99 of posts at ${Math.round(perSecond)}/s, open loop, from when each was due / 100 ms + 2 × fdatasync p99`,
      value: p99Ms,
      unit: 'ms',
      floor: limit,
      ratio: p99Ms / limit,
      goal: 'ratio <= 1',
      more: { perSecond: Math.round(perSecond), capacity: Math.round(capacity.rate), ...others },
    },
    {
      ...shared,
      what: 'posts of the open loop that were refused, lost or doubled',
      value: answers.filter(({ status }) => status !== 201).length + (await wrongIn(company, answers)),
      unit: 'count',
      floor: null,
      ratio: null,
      goal: 'value <= 0',
    },
  ]
}

/** Half as much again as can be done, and then half: nothing acknowledged is lost, the rest hears 503, and soon all is as before. */
export async function measureOverload(instance: Instance, seconds: number): Promise<Figure[]> {
  const company = await instance.company()
  const { rate } = await capacityOf(instance, company, 2_000)
  const at = (perSecond: number, during: number) =>
    openLoop(instance.connect, {
      perSecond,
      seconds: during,
      next: postsTo(company, Math.round(Math.min(perSecond * during, 20_000))),
    })
  const calm = await at(rate / 2, Math.min(10, seconds))
  const over = await at(rate * 1.5, seconds)
  const after = await at(rate / 2, 10)
  const posted = over.filter(({ status }) => status === 201)
  const busy = over.filter(({ status, head }) => status === 503 && /\r\nretry-after: \d/.test(head))
  const lost = await wrongIn(company, [...calm, ...over, ...after])
  const limit = Math.max(100, 3 * percentiles(calm).p99Ms)
  const shared = { id: 'R3', n: over.length, vouchers: over.length }
  const none = { floor: null, ratio: null }
  return [
    {
      ...shared,
      what: 'p99 of the posts that were accepted at 1.5 × capacity, from when each was due',
      value: percentiles(posted).p99Ms,
      unit: 'ms',
      ...none,
      goal: 'value <= 1000',
      more: { capacity: Math.round(rate), accepted: posted.length, busy: busy.length, ...percentiles(over) },
    },
    {
      ...shared,
      what: 'posts that were acknowledged and are not there, doubles and gaps',
      value: lost,
      unit: 'count',
      ...none,
      goal: 'value <= 0',
    },
    {
      ...shared,
      what: 'answers at 1.5 × capacity that were neither a voucher nor 503 with Retry-After',
      value: over.length - posted.length - busy.length,
      unit: 'count',
      ...none,
      goal: 'value <= 0',
    },
    {
      ...shared,
      what: 'seconds after it until a second’s posts are all accepted and as quick as before (p99 at most thrice)',
      value: secondsUntilCalm(after, limit),
      unit: 's',
      ...none,
      goal: 'value <= 5',
      more: { p99BeforeMs: percentiles(calm).p99Ms },
    },
  ]
}

/** The first whole second in which everything was accepted within the limit. */
function secondsUntilCalm(answers: readonly Answered[], limitMs: number): number {
  const seconds = Map.groupBy(answers, ({ dueMs }) => Math.floor(dueMs / 1000))
  const calm = [...seconds].find(
    ([, all]) =>
      all.every(({ status }) => status === 201) &&
      quantile(
        all.map(({ ms }) => ms),
        0.99,
      ) <= limitMs,
  )
  return calm?.[0] ?? Number.POSITIVE_INFINITY
}
