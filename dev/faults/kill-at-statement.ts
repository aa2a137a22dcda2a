// Loaded into the database processes of a fault's instance (`NODE_OPTIONS=--import …`), never into those of anybody else: ends the process
// at one step of its next writing transaction. Which, stands in the file that FAULT_AT names: the process and the step.
import { readFileSync, rmSync } from 'node:fs'
import Database from 'libsql'

type Statement = { run(...args: unknown[]): unknown; all(...args: unknown[]): unknown }
const file = process.env.FAULT_AT!
const prototype = Database.prototype as unknown as { prepare(sql: string): Statement }
const prepare = prototype.prepare
/** Statements since BEGIN IMMEDIATE, by connection. */
const steps = new WeakMap<object, number>()

function endAt(step: string): void {
  try {
    if (readFileSync(file, 'utf8') !== `${process.pid} ${step}`) return
  } catch {
    return // Nothing is wanted.
  }
  rmSync(file)
  process.kill(process.pid, 'SIGKILL')
}

prototype.prepare = function (this: object, sql: string) {
  const statement = prepare.call(this, sql)
  const [begins, commits] = [/^\s*begin immediate/i.test(sql), /^\s*commit/i.test(sql)]
  for (const how of ['run', 'all'] as const) {
    const done = statement[how].bind(statement)
    statement[how] = (...args) => {
      const step = steps.get(this)
      if (commits && step !== undefined) endAt('before-commit')
      const answer = done(...args)
      if (begins) {
        steps.set(this, 0)
        endAt('begin')
      } else if (step !== undefined && commits) {
        steps.delete(this)
        endAt('after-commit')
      } else if (step !== undefined) {
        steps.set(this, step + 1)
        endAt(`write-${step + 1}`)
      }
      return answer
    }
  }
  return statement
}
