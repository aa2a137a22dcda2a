// What this isolate has counted since it began. In production many isolates run beside each other and each knows its own part;
// there the analytics of docs/deploy.md add them up. On one's own machine there is one.

/** Upper bounds of the histogram, in seconds. */
export const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const

export type Histogram = { counts: number[]; sum: number; count: number }

/** Requests by `METHOD route status`, and how long they took by `METHOD route`. */
export const requests = new Map<string, number>()
export const durations = new Map<string, Histogram>()

export const counters = {
  /** Vouchers posted. */
  posts: 0,
  /** Requests sent away at once, because too many were in hand. */
  requestsShed: 0,
  /** Jobs handed to writers and not answered yet. */
  jobsWaiting: 0,
  /** Requests sent to databases. */
  databaseRoundTrips: 0,
  verificationsFailed: 0,
  backupsFailed: 0,
  deletionsFailed: 0,
}

export function countRequest(method: string, route: string, status: number, seconds: number): void {
  const by = `${method} ${route}`
  const key = `${by} ${status}`
  requests.set(key, (requests.get(key) ?? 0) + 1)
  let histogram = durations.get(by)
  if (!histogram) {
    histogram = { counts: BUCKETS.map(() => 0), sum: 0, count: 0 }
    durations.set(by, histogram)
  }
  const place = BUCKETS.findIndex((most) => seconds <= most)
  if (place >= 0) histogram.counts[place]! += 1
  histogram.sum += seconds
  histogram.count += 1
}
