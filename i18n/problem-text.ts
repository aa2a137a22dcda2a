import { problemTexts } from '#i18n/problem-texts.ts'
import { fill, type Locale } from './format.ts'

type Params = Readonly<Record<string, string | number | boolean | null | readonly string[]>>
type Told = {
  code: string
  params?: Params
  message?: string
  fix?: { pointer: string; value: unknown; label?: string }
}

/** What a problem code says in a language, filled with its params. Codes without a text are a test failure, not a crash. */
export function problemText(code: string, params: Params, locale: Locale): string {
  const { problems } = problemTexts[locale] as { problems: Record<string, string> }
  const text = problems[`${code}#${params.reason}`] ?? problems[code] ?? code
  return fill(text, { ...params, ...words(params, locale) }, locale)
}

/** The issue with its message and the label of its fix, in a language. The same text in grid, sheet and API. */
export function withText<T extends Told>(issue: T, locale: Locale): T & { message: string } {
  const params = issue.params ?? {}
  const { fixes } = problemTexts[locale]
  const label = fixes[`${issue.code}#${params.reason}`] ?? fixes[issue.code]
  return {
    ...issue,
    message: problemText(issue.code, params, locale),
    ...(issue.fix && {
      fix: {
        ...issue.fix,
        ...(label && {
          label: fill(label, { ...params, ...words(params, locale), value: String(issue.fix.value) }, locale),
        }),
      },
    }),
  }
}

/** Names that go with a language: of a dimension, a side, a kind of party, a suggested account. */
function words(params: Params, locale: Locale): Record<string, string> {
  const own = locale === 'nb' ? 'Nb' : 'En'
  const word = (key: unknown) => (problemTexts[locale].problemWords as Record<string, string>)[String(key)] ?? ''
  const kind = word(params.kind)
  return {
    ...(params.kind !== undefined && { kindName: kind, KindName: kind.charAt(0).toUpperCase() + kind.slice(1) }),
    // A number as the series of that kind begin, and the key that finds one (entry's help).
    ...(params.kind !== undefined && {
      numberExample: params.kind === 'supplier' ? '20001' : '10001',
      searchKey: params.kind === 'supplier' ? '-' : '+',
    }),
    ...(params.permission !== undefined && { permissionName: word(params.permission) }),
    ...(params.side !== undefined && { sideName: word(params.side) }),
    ...(params.dimension !== undefined && {
      dimensionName: String(params[`dimension${own}`] ?? params.dimension).toLowerCase(),
    }),
    ...(params.typeNb !== undefined && { typeName: String(params[`type${own}`] ?? '') }),
    ...(params.role !== undefined && { roleName: word(params.role) || String(params.role) }),
    ...(params.field !== undefined && {
      fieldName: word(params.field) || String(params[`dimension${own}`] ?? params.field).toLowerCase(),
    }),
    ...(params.suggestion !== undefined && { suggestionName: String(params[`suggestionName${own}`] ?? '') }),
  }
}
