import { RESERVED_KEYS } from '#i18n/filter-words.ts'
import type { SaftAnalysisType } from './saft-file.ts'
import type { ToldList } from './told-list.ts'

export type NewDimension = { key: string; name: string }
export type NewDimensionValue = { dimension: string; code: string; name: string; closedFrom: string | null }

const VOUCHER_TYPE = /bilagsart|bilagstype|voucher ?type/i
const DEPARTMENT = /avdeling|department|kostnadssted|koststed|cost ?cent/i
const PROJECT = /prosjekt|project/i
const DEPARTMENT_CODE = /^(a|av|avd|avdeling|dep|dept|ks|kst)$/i
const PROJECT_CODE = /^(p|pr|pro|proj|prj|prosjekt|project)$/i

/**
 * The file's analysis types as our dimensions: departments and projects by what they are called, the others as dimensions of
 * their own. A type that holds the kind of voucher is no dimension (norway.md 6.2).
 */
export class SaftDimensions {
  private readonly keys = new Map<string, string | null>()
  private readonly known: Map<string, Set<string>>
  private readonly described: ReadonlyMap<string, SaftAnalysisType>
  private readonly told: ToldList
  newDimensions: NewDimension[] = []
  newValues: NewDimensionValue[] = []

  /** `known`: the company's dimensions and their values. */
  constructor(described: ReadonlyMap<string, SaftAnalysisType>, known: Map<string, Set<string>>, told: ToldList) {
    this.described = described
    this.known = known
    this.told = told
    for (const [type, { values }] of described) {
      const key = this.keyOf(type)
      if (key !== null) for (const id of values.keys()) this.valueOf(type, key, id)
    }
  }

  /** The dimension of an analysis type, making it if need be; null for the kind of voucher. */
  keyOf(type: string): string | null {
    const known = this.keys.get(type)
    if (known !== undefined) return known
    const description = this.described.get(type)?.description ?? ''
    const key = this.freeKey(type, description)
    this.keys.set(type, key)
    if (key !== null && !this.known.has(key)) {
      this.known.set(key, new Set())
      this.newDimensions.push({ key, name: description || type })
      if (description === '') this.told.add('dimension-made', { dimension: type })
    }
    return key
  }

  /** The code of a value, making it if need be. */
  valueOf(type: string, key: string, id: string): string {
    const code = id === 'none' ? 'none_' : id
    const values = this.known.get(key)!
    if (values.has(code)) return code
    values.add(code)
    const described = this.described.get(type)?.values.get(id)
    this.newValues.push({ dimension: key, code, name: described?.name ?? id, closedFrom: null })
    if (!described) this.told.add('dimension-value-made', { dimension: key, value: code })
    return code
  }

  /** What a value of the voucher-type analysis is called. */
  nameOf(type: string, id: string): string {
    return this.described.get(type)?.values.get(id)?.name ?? id
  }

  private freeKey(type: string, description: string): string | null {
    if (VOUCHER_TYPE.test(description)) return null
    const taken = new Set(this.keys.values())
    const nameless = description === ''
    const plain =
      DEPARTMENT.test(description) || (nameless && DEPARTMENT_CODE.test(type))
        ? 'department'
        : PROJECT.test(description) || (nameless && PROJECT_CODE.test(type))
          ? 'project'
          : slugOf(description || type)
    const isReserved = RESERVED_KEYS.has(plain) && !this.known.has(plain)
    if (!taken.has(plain) && !isReserved) return plain
    const own = `${plain.slice(0, 24)}-${slugOf(type)}`.slice(0, 35)
    return taken.has(own) ? `${own.slice(0, 30)}-${taken.size}` : own
  }
}

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('å', 'a')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 35) || 'dimension'
