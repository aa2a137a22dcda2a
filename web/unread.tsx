import type { Child } from 'hono/jsx'
import type { Locale } from '#i18n/format.ts'
import { oreOf } from './companies/amount.ts'
import { dayIn } from './day-field.tsx'
import { type Page, textsOf } from './page.tsx'

/** A day, or an amount where a language is given, that was typed and cannot be read. */
export const isUnread = (typed: string | undefined, amountIn?: Locale): boolean =>
  Boolean(typed?.trim()) && (amountIn ? oreOf(typed!, amountIn) : dayIn(typed)) === undefined

/** Fields of an address that cannot be read: a filter that is left out shows more than was asked for. */
export const unreadIn = (
  asked: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
  amountIn?: Locale,
): string[] => names.filter((name) => isUnread(asked[name], amountIn))

type Props = { c: Page; days?: readonly string[]; amounts?: readonly string[]; children?: Child }

/** What was typed in the fields and cannot be read, told; what is narrowed by them stands here only when all of it was read. */
export function Unread({ c, days = [], amounts = [], children }: Props) {
  if (days.length + amounts.length === 0) return <>{children}</>
  const { wrongDay, wrongAmount } = textsOf(c).reports
  return (
    <div class="hb-notices">
      <p class="hb-notice" data-level="error" role="alert" id="unread">
        {[days.length > 0 && wrongDay, amounts.length > 0 && wrongAmount].filter(Boolean).join(' ')}
      </p>
    </div>
  )
}
