import type { addinFunctionHelp } from '#i18n/nb/addin-function-help.ts'
import { functionTwins } from '#i18n/nb/addin-function-names.ts'

type ParameterId = keyof typeof addinFunctionHelp.parameters
export type FunctionId = keyof typeof functionTwins
/** A parameter of a function: `matrix` takes a cell as well as a range. */
export type Parameter = {
  readonly id: ParameterId
  readonly optional?: true
  readonly matrix?: true
  readonly type?: 'number'
}
export type FunctionEntry = {
  readonly id: FunctionId
  readonly parameters: readonly Parameter[]
  readonly spills: boolean
}

const account = { id: 'account', matrix: true } as const
const period = { id: 'period', matrix: true } as const
const dimensions = { id: 'dimensions', optional: true, matrix: true } as const
const partyDimensions = { id: 'partyDimensions', optional: true, matrix: true } as const
const options = { id: 'options', optional: true, matrix: true } as const
const columns = { id: 'columns', optional: true } as const
const most = { id: 'most', optional: true, type: 'number' } as const
const filter = { id: 'filter', optional: true } as const

const figure = (id: FunctionId): FunctionEntry => ({
  id,
  parameters: [account, period, partyDimensions, options],
  spills: true,
})

/** Every function, in the order Excel lists them. None is volatile, and none streams. */
export const FUNCTIONS: readonly FunctionEntry[] = [
  figure('BALANCE'),
  figure('OPENING'),
  figure('MOVEMENT'),
  figure('DEBIT'),
  figure('CREDIT'),
  { id: 'BUDGET', parameters: [account, period, dimensions, { id: 'version', optional: true }], spills: true },
  { id: 'VARIANCE', parameters: [account, period, dimensions, { ...options, id: 'varianceOptions' }], spills: true },
  {
    id: 'FIGURES',
    parameters: [
      { id: 'accounts', matrix: true },
      { id: 'periods', matrix: true },
      { id: 'measure', optional: true },
      partyDimensions,
      options,
    ],
    spills: true,
  },
  { id: 'ASKNOWNAT', parameters: [account, period, { id: 'knownAt' }, partyDimensions], spills: true },
  {
    id: 'TRIALBALANCE',
    parameters: [{ id: 'period' }, { id: 'level', optional: true, type: 'number' }, dimensions, options],
    spills: true,
  },
  {
    id: 'STATEMENT',
    parameters: [
      { id: 'statement' },
      { id: 'period' },
      { id: 'comparison', optional: true },
      { id: 'detail', optional: true, type: 'number' },
      dimensions,
      options,
    ],
    spills: true,
  },
  {
    id: 'LINES',
    parameters: [{ id: 'account' }, { id: 'period' }, partyDimensions, columns, most, options],
    spills: true,
  },
  { id: 'VOUCHERS', parameters: [{ id: 'fromDate' }, { id: 'toDate' }, filter, columns, most, options], spills: true },
  {
    id: 'OPENITEMS',
    parameters: [{ id: 'kind' }, { id: 'asAtDate', optional: true }, { id: 'party', optional: true }, columns, options],
    spills: true,
  },
  {
    id: 'AGEING',
    parameters: [
      { id: 'kind' },
      { id: 'asAtDate', optional: true },
      { id: 'buckets', optional: true },
      { id: 'party', optional: true },
      options,
    ],
    spills: true,
  },
  {
    id: 'VAT',
    parameters: [{ id: 'term' }, { id: 'vatCode', optional: true }, { id: 'vatMeasure', optional: true }, options],
    spills: true,
  },
  { id: 'ACCOUNTS', parameters: [filter], spills: true },
  { id: 'ACCOUNTNAME', parameters: [account], spills: true },
  { id: 'PARTIES', parameters: [{ id: 'kind' }, filter], spills: true },
  { id: 'PARTYNAME', parameters: [{ id: 'kind' }, { id: 'number', matrix: true }], spills: true },
  { id: 'DIMENSIONS', parameters: [{ id: 'dimension' }], spills: true },
  { id: 'PERIOD', parameters: [{ id: 'period' }, { id: 'offset', optional: true, type: 'number' }], spills: false },
  { id: 'PERIODSTATUS', parameters: [period, options], spills: true },
  { id: 'SEAL', parameters: [{ id: 'period', optional: true }, options], spills: true },
  { id: 'NUMBERPROOF', parameters: [{ id: 'year', optional: true }, options], spills: true },
  { id: 'VERIFIED', parameters: [{ id: 'seal' }], spills: false },
  { id: 'FRESHNESS', parameters: [], spills: false },
]

/** The id of a function's Norwegian twin: the same implementation under another name. */
export const twinOf = (id: FunctionId): string => functionTwins[id][0]!

/** The namespace is the same in all languages, so that files travel. */
export const NAMESPACE = 'LEDGER'
