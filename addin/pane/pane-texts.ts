import { counted, fill, type Locale } from '#i18n/format.ts'
import type { addinCheck } from '#i18n/nb/addin-check.ts'
import type { addinPane } from '#i18n/nb/addin-pane.ts'
import type { addinReport } from '#i18n/nb/addin-report.ts'
import { problemTexts } from '#i18n/problem-texts.ts'

export type PaneTexts = typeof addinPane & {
  readonly check: typeof addinCheck
  readonly report: typeof addinReport
  readonly notices: typeof addinPane.notices & typeof addinReport.notices
}
/** What is read beside the check's own views, and the reports'. */
export const checkTexts: Partial<Record<Locale, typeof addinCheck>> = {}
export const reportTexts: Partial<Record<Locale, typeof addinReport>> = {}
const read: Partial<Record<Locale, PaneTexts>> = {}

/** Reads a language's texts, the first time it is used: nobody waits for both. */
export async function readTexts(locale: Locale): Promise<void> {
  if (read[locale]) return
  const { addinPane } = await (locale === 'nb' ? import('#i18n/nb/addin-pane.ts') : import('#i18n/en/addin-pane.ts'))
  read[locale] = {
    ...addinPane,
    get check() {
      return checkTexts[locale]!
    },
    get report() {
      return reportTexts[locale]!
    },
    get notices() {
      return { ...addinPane.notices, ...reportTexts[locale]?.notices } as PaneTexts['notices']
    },
  }
}

/** Reads what is said of faults in a language: needed as soon as there are books to judge by, and not to sign in. */
export async function readProblemTexts(locale: Locale): Promise<void> {
  problemTexts[locale] = (await (locale === 'nb'
    ? import('#i18n/nb/problems.ts')
    : import('#i18n/en/problems.ts'))) as never
}

/** A language's texts, after `readTexts`. */
export const paneTexts = (locale: Locale): PaneTexts => read[locale]!

/** A counted text with its other places filled. */
export const countedText = (
  n: number,
  forms: { one: string; many: string },
  locale: Locale,
  params: Record<string, string | number> = {},
): string => fill(counted(n, forms, locale), params, locale)

const clock = (seconds: boolean) =>
  new Intl.DateTimeFormat('nb-NO', {
    timeZone: 'Europe/Oslo',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
  })
const [short, long] = [clock(false), clock(true)]
/** 14:02, or 14:02:31, Norwegian time. */
export const timeOf = (at: string | number, seconds = false): string => (seconds ? long : short).format(new Date(at))

const tenths: Record<Locale, Intl.NumberFormat> = {
  nb: new Intl.NumberFormat('nb-NO', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
}
/** Seconds with one decimal, never 0. */
export const secondsText = (ms: number, locale: Locale): string => tenths[locale].format(Math.max(ms, 100) / 1_000)
