import { addinFunctionHelp as en } from '#i18n/en/addin-function-help.ts'
import type { Locale } from '#i18n/format.ts'
import { addinFunctionHelp as helpNb } from '#i18n/nb/addin-function-help.ts'
import { functionTwins } from '#i18n/nb/addin-function-names.ts'
import { FUNCTIONS, type FunctionEntry, twinOf } from '../functions/catalogue.ts'

export type Metadata = {
  allowCustomDataForDataTypeAny: boolean
  functions: {
    id: string
    name: string
    description: string
    helpUrl: string
    parameters: { name: string; description: string; type: string; dimensionality: string; optional: boolean }[]
    result: { type: string; dimensionality: string }
    options: { excludeFromAutoComplete?: boolean }
  }[]
}

/**
 * The functions as Excel reads them, in one language. Ids are the same in both; the names of the other language are left out
 * of the list that Excel proposes, and calculate all the same.
 */
export function functionMetadata(locale: Locale, base: string): Metadata {
  const texts = locale === 'nb' ? helpNb : en
  const entryOf = ({ id, parameters, spills }: FunctionEntry, twin: boolean) => ({
    id: twin ? twinOf(id) : id,
    name: twin ? functionTwins[id][1]! : id,
    description: texts.help[id],
    helpUrl: `${base}/addin/help#${id}`,
    parameters: parameters.map((p) => ({
      name: texts.parameters[p.id][0]!,
      description: texts.parameters[p.id][1]!,
      type: p.type ?? 'any',
      dimensionality: p.matrix ? 'matrix' : 'scalar',
      optional: p.optional === true,
    })),
    result: { type: 'any', dimensionality: spills ? 'matrix' : 'scalar' },
    options: twin === (locale === 'nb') ? {} : { excludeFromAutoComplete: true },
  })
  return {
    allowCustomDataForDataTypeAny: true,
    functions: FUNCTIONS.flatMap((entry) => [
      entryOf(entry, false),
      ...(twinOf(entry.id) === entry.id ? [] : [entryOf(entry, true)]),
    ]),
  }
}
