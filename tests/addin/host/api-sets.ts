// Which ExcelApi set each member came with, read from the declarations of @types/office-js (MIT). This client build does not
// keep an old Excel from being asked for what it lacks, so the host does.
import { readFileSync } from 'node:fs'

let sets: Map<string, number> | undefined

/** 1.13 as 1.13, 1.7 as 1.07, so that they compare. 0: in every Excel, or told nowhere. */
export function apiSetOf(type: string, member: string): number {
  sets ??= readSets()
  const name = member.replace(
    /^_(Register|Unregister)(\w+)Event$/,
    (_, __, event: string) => `on${EVENTS[event] ?? event}`,
  )
  return sets.get(`${type}.${name[0]!.toLowerCase()}${name.slice(1)}`) ?? 0
}
const EVENTS: Record<string, string> = { DataChanged: 'Changed' }

export const level = (version: string): number => {
  const [major, minor] = version.split('.')
  return Number(`${major}.${minor!.padStart(2, '0')}`)
}

/** A set, the type that begins, its member, and the end of the namespace. */
const TOLD =
  /\[Api set: ExcelApi (\d+\.\d+)|\n {4}(?:class|interface|export class|enum) (\w+)|\n {8}(?:readonly )?(\w+)[(?:<]|\n\}/g

function readSets(): Map<string, number> {
  const text = readFileSync('node_modules/@types/office-js/index.d.ts', 'utf8')
  const excel = text.slice(text.indexOf('declare namespace Excel {'))
  const found = new Map<string, number>()
  let type = ''
  let since = 0
  for (const [line, said, opened, member] of excel.matchAll(TOLD)) {
    if (said) since = level(said)
    if (line === '\n}') break
    if (opened) type = opened
    if (member && since > 0 && !found.has(`${type}.${member}`)) found.set(`${type}.${member}`, since)
    if (opened || member) since = 0
  }
  return found
}
