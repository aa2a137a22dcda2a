import type { Instant } from '#worker/core/dates.ts'
import type { Histogram } from '#worker/http/metrics.ts'
import type { Totals } from './store.ts'

/** What has been counted, as it stands in `worker/http/metrics.ts`. */
export type Counted = {
  requests: ReadonlyMap<string, number>
  durations: ReadonlyMap<string, Histogram>
  buckets: readonly number[]
  counters: Readonly<
    Record<
      | 'posts'
      | 'requestsShed'
      | 'jobsWaiting'
      | 'databaseRoundTrips'
      | 'verificationsFailed'
      | 'backupsFailed'
      | 'deletionsFailed',
      number
    >
  >
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number, suffix?: string]

/** Prometheus's text format, version 0.0.4: what this isolate has counted, and what the control database says of all companies. */
export function metricsText(counted: Counted, totals: Totals, now: Instant): string {
  const { counters } = counted
  const age = (at: Instant | null): Sample[] =>
    at === null ? [] : [[{}, Math.max(0, (Date.parse(now) - Date.parse(at)) / 1000)]]
  return [
    family('hovedbok_requests_total', 'counter', 'Requests, by route and status', requestSamples(counted)),
    family('hovedbok_request_duration_seconds', 'histogram', 'Time until the answer began', durationSamples(counted)),
    family('hovedbok_posted_vouchers_total', 'counter', 'Vouchers posted', [[{}, counters.posts]]),
    family('hovedbok_requests_shed_total', 'counter', 'Requests sent away at once, too many being in hand', [
      [{}, counters.requestsShed],
    ]),
    family('hovedbok_jobs_waiting', 'gauge', 'Jobs handed to writers and not answered', [[{}, counters.jobsWaiting]]),
    family('hovedbok_database_round_trips_total', 'counter', 'Requests sent to databases', [
      [{}, counters.databaseRoundTrips],
    ]),
    family('hovedbok_verifications_failed_total', 'counter', 'Checks of books that found something', [
      [{}, counters.verificationsFailed],
    ]),
    family('hovedbok_backups_failed_total', 'counter', 'Scheduled backups that failed', [[{}, counters.backupsFailed]]),
    family('hovedbok_deletions_failed_total', 'counter', 'Deletions that were due and could not be carried out', [
      [{}, counters.deletionsFailed],
    ]),
    family('hovedbok_companies', 'gauge', 'Active companies', [[{}, totals.companies]]),
    family('hovedbok_companies_failing', 'gauge', 'Companies whose last check found something', [[{}, totals.failing]]),
    family('hovedbok_findings', 'gauge', 'Checks that do not hold in them', [[{}, totals.findings]]),
    family('hovedbok_companies_without', 'gauge', 'Companies never checked, or never backed up', [
      [{ what: 'verification' }, totals.notVerified],
      [{ what: 'backup' }, totals.notBackedUp],
    ]),
    family(
      'hovedbok_companies_late',
      'gauge',
      'Companies checked longer ago than 3 hours, backed up longer ago than 36',
      [
        [{ what: 'verification' }, totals.lateVerification],
        [{ what: 'backup' }, totals.lateBackup],
      ],
    ),
    family(
      'hovedbok_schedule_unfinished',
      'gauge',
      'Times of the schedule that are not through all companies after 3 hours',
      [[{}, totals.unfinished]],
    ),
    family('hovedbok_instance_findings', 'gauge', 'What is wrong with what belongs to no single company', [
      [{}, totals.instance.length],
    ]),
    family(
      'hovedbok_oldest_verification_age_seconds',
      'gauge',
      'Since the last check of the company where that is longest ago',
      age(totals.oldestVerification),
    ),
    family(
      'hovedbok_oldest_backup_age_seconds',
      'gauge',
      'Since the last backup of the company where that is longest ago',
      age(totals.oldestBackup),
    ),
  ].join('')
}

const family = (name: string, type: string, help: string, samples: readonly Sample[]): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples
    .map(([labels, value, suffix = '']) => `${name}${suffix}${labelText(labels)} ${value}\n`)
    .join('')}`

function labelText(labels: Readonly<Record<string, string>>): string {
  const told = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, '\\$&')}"`)
  return told.length === 0 ? '' : `{${told.join()}}`
}

const requestSamples = ({ requests }: Counted): Sample[] =>
  [...requests].map(([key, count]) => {
    const [method, route, status] = key.split(' ') as [string, string, string]
    return [{ method, route, status }, count]
  })

function durationSamples({ durations, buckets }: Counted): Sample[] {
  return [...durations].flatMap(([key, { counts, sum, count }]): Sample[] => {
    const [method, route] = key.split(' ') as [string, string]
    let under = 0
    return [
      ...buckets.map((le, i): Sample => {
        under += counts[i]!
        return [{ method, route, le: String(le) }, under, '_bucket']
      }),
      [{ method, route, le: '+Inf' }, count, '_bucket'],
      [{ method, route }, sum, '_sum'],
      [{ method, route }, count, '_count'],
    ]
  })
}
