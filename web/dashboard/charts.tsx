import { scaleBand, scaleLinear } from 'd3-scale'
import { line as lineOf } from 'd3-shape'
import { type Locale, month as monthName, whole } from '#i18n/format.ts'
import type { MonthResult } from '#worker/dashboard/read-dashboard.ts'

/** Drawn on the server: no script, both themes by the tokens, and on paper as it stands. Each has its figures in a table beside it. */
type Frame = { width: number; height: number; left: number; top: number; bottom: number; narrow?: true }

/** A picture shrunk to a phone has letters that nobody can read: it is drawn for that width too, and the styles show one of them. */
const drawn = (frames: readonly Frame[], draw: (frame: Frame) => unknown) => <>{frames.map(draw)}</>
const PHONE = { width: 358, left: 44, narrow: true } as const

export const shortMonth = (month: string, locale: Locale): string => monthName(month, locale).slice(0, 3).toLowerCase()

type AxisProps = {
  frame: Frame
  y: (value: number) => number
  ticks: readonly number[]
  label: (tick: number) => string
}

const Axis = ({ frame, y, ticks, label }: AxisProps) => (
  <>
    {ticks.map((tick) => (
      <>
        <path class={tick === 0 ? 'axis' : 'rule'} d={`M${frame.left} ${y(tick)}H${frame.width}`} />
        <text x={frame.left - 8} y={y(tick) + 4} text-anchor="end">
          {label(tick)}
        </text>
      </>
    ))}
  </>
)

const Picture = ({ frame, label, children }: { frame: Frame; label: string; children: unknown }) => (
  <svg
    class="hb-chart"
    viewBox={`0 0 ${frame.width} ${frame.height}`}
    role="img"
    aria-label={label}
    data-narrow={frame.narrow}
  >
    {children as any}
  </svg>
)

type ResultProps = { months: readonly MonthResult[]; hasLastYear: boolean; locale: Locale; label: string }

/** Bars from zero: this year wide and in blekk, last year thin and grey, the budget a stroke. In thousands of kroner. */
export const ResultChart = (props: ResultProps) =>
  drawn(
    [
      { width: 860, height: 232, left: 52, top: 10, bottom: 210 },
      { ...PHONE, height: 210, top: 10, bottom: 186 },
    ],
    (frame) => <ResultIn {...props} frame={frame} />,
  )

function ResultIn({ months, hasLastYear, locale, label, frame }: ResultProps & { frame: Frame }) {
  const thousands = (ore: number) => ore / 100_000
  const values = months.flatMap(({ result, before, planned }) => [result, before, planned ?? 0].map(thousands))
  const scale = scaleLinear([Math.min(0, ...values), Math.max(1, ...values)], [frame.bottom, frame.top]).nice(5)
  const band = scaleBand(
    months.map(({ month }) => month),
    [frame.left, frame.width],
  ).padding(0.3)
  const y = (value: number) => rounded(scale(value))
  const bar = (value: number) => ({ y: Math.min(y(0), y(value)), height: Math.abs(y(value) - y(0)) })
  return (
    <Picture frame={frame} label={label}>
      <Axis frame={frame} y={y} ticks={scale.ticks(5)} label={(tick) => whole(tick, locale).replace('-', '−')} />
      {months.map(({ month, result, before, planned }, i) => {
        const x = band(month)!
        const wide = band.bandwidth()
        const last = i === months.length - 1
        const plan =
          planned === null ? undefined : `M${rounded(x + wide * 0.34)} ${y(thousands(planned))}h${rounded(wide * 0.72)}`
        return (
          <>
            {hasLastYear && (
              <rect class="before" x={rounded(x)} width={rounded(wide * 0.36)} {...bar(thousands(before))} />
            )}
            <rect class="now" x={rounded(x + wide * 0.4)} width={rounded(wide * 0.6)} {...bar(thousands(result))} />
            {plan && <path class="halo" d={plan} />}
            {plan && <path class="plan" d={plan} />}
            <text x={rounded(x + wide / 2)} y={frame.height - 5} text-anchor="middle" class={last ? 'em' : undefined}>
              {shortMonth(month, locale)}
            </text>
          </>
        )
      })}
    </Picture>
  )
}

type LineProps = {
  /** From left to right; one without a name has no room for it. */
  points: readonly { name: string; amount: number }[]
  locale: Locale
  label: string
  wide?: boolean
}

/** A line through amounts, the last of them as a point. In thousands of kroner. */
export const LineChart = (props: LineProps) =>
  drawn(
    [
      { width: props.wide ? 860 : 420, height: 132, left: 52, top: 8, bottom: 108 },
      { ...PHONE, height: 132, top: 8, bottom: 108 },
    ],
    (frame) => <LineIn {...props} frame={frame} />,
  )

function LineIn({ points, locale, label, wide, frame }: LineProps & { frame: Frame }) {
  const amounts = points.map(({ amount }) => amount / 100_000)
  const scale = scaleLinear([Math.min(0, ...amounts), Math.max(1, ...amounts)], [frame.bottom, frame.top]).nice(3)
  const across = scaleLinear([0, Math.max(1, amounts.length - 1)], [frame.left + 6, frame.width - 10])
  const y = (value: number) => rounded(scale(value))
  const path = lineOf<number>((_, i) => rounded(across(i)), y)(amounts) ?? ''
  return (
    <Picture frame={frame} label={label}>
      <Axis frame={frame} y={y} ticks={scale.ticks(3)} label={(tick) => whole(tick, locale).replace('-', '−')} />
      <path class="line" d={path} />
      <circle class="now" cx={rounded(across(amounts.length - 1))} cy={y(amounts.at(-1)!)} r="3.5" />
      {points.map(({ name }, i) =>
        name && i % (wide && !frame.narrow ? 2 : 3) === 0 ? (
          <text x={rounded(across(i))} y={frame.height - 6} text-anchor="middle">
            {name}
          </text>
        ) : null,
      )}
    </Picture>
  )
}

/** A tenth of a pixel is finer than a screen. */
const rounded = (n: number): number => Number(n.toFixed(1))
