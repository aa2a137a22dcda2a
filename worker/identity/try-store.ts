import type { Instant } from '#worker/core/dates.ts'
import type { InStatement } from '#worker/database/connect.ts'

/** Whose tries are counted, and how many there may be in the window. */
export type Counted = { subject: string; limit: number }

/**
 * Counts a try before it is made, unless a subject has used up its tries since `since`: one statement, so that tries at the
 * same moment cannot pass together. `at` is unique. Tries that are refused are not counted, so nobody is locked out for
 * longer than the window.
 */
export const countTry = (subjects: readonly Counted[], at: string, since: Instant): InStatement => ({
  sql: `insert into sign_in_failure (subject, at)
        select value->>'subject', ? from json_each(?)
        where not exists (select 1 from json_each(?) s where (
          select count(*) from sign_in_failure f where f.subject = s.value->>'subject' and f.at > ?) >= s.value->>'limit')`,
  args: [at, JSON.stringify(subjects), JSON.stringify(subjects), since],
})
/** The first try of the window among those subjects that have used theirs up. */
export const readFirstTry = (subjects: readonly Counted[], since: Instant): InStatement => ({
  sql: `select max(first) as first from (select min(f.at) as first, count(*) as tries, s.value->>'limit' as tries_allowed
          from json_each(?) s join sign_in_failure f on f.subject = s.value->>'subject' and f.at > ? group by s.key)
        where tries >= tries_allowed`,
  args: [JSON.stringify(subjects), since],
})
export const forgetTries = (subjects: readonly string[], at: string): InStatement => ({
  sql: 'delete from sign_in_failure where subject in (select value from json_each(?)) and at <= ?',
  args: [JSON.stringify(subjects), at],
})
export const forgetOldTries = (since: Instant): InStatement => ({
  sql: 'delete from sign_in_failure where at <= ?',
  args: [since],
})
/** A try that was no wrong one, so it does not count. */
export const uncount = (at: string): InStatement => ({ sql: 'delete from sign_in_failure where at = ?', args: [at] })
