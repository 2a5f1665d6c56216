import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { formatClock, formatDate } from '#components/time/moment-format.ts'
import { drawStem, drawDot } from './chart-mark.tsx'
import type { ChartPoint } from './chart-points.ts'
import { ChartTip } from './chart-tip.tsx'

interface ChartPanelProps {
  points: readonly ChartPoint[]
  amount: 'databaseBytes' | 'addedBytes' | 'durationMs'
  title: string
  /** What is drawn, in words. */
  summary: string
  tell: (amount: number) => string
  time: ChartTime
  /** The last of those above each other names the times. */
  isLast: boolean
  hasRepositories: boolean
}

/** The axis of time that the charts share. */
export interface ChartTime {
  /** ms */
  span: [number, number]
  ticks: readonly number[]
  isInDays: boolean
  zone: string
}

/** One amount of each backup against time; arrows go from one backup to the next, as the pointer does. */
export function ChartPanel(props: ChartPanelProps) {
  const { points, amount, title, summary, tell, time, isLast, hasRepositories } = props
  const { span, ticks, isInDays, zone } = time
  const nameTime = (at: number) => (isInDays ? formatDate(new Date(at), zone) : formatClock(new Date(at), zone, false))
  return (
    <figure className="grid gap-1">
      <figcaption className="text-sm text-muted">
        {title}
        <span className="sr-only">: {summary}</span>
      </figcaption>
      <ResponsiveContainer
        width="100%"
        height={isLast ? lastHeight : height}
        initialDimension={{ width: 280, height: isLast ? lastHeight : height }}
      >
        <ComposedChart data={points} title={summary} margin={margin}>
          <CartesianGrid stroke="var(--line)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={span}
            ticks={ticks}
            tickFormatter={nameTime}
            height={isLast ? 22 : 1}
            tick={isLast ? axisText : unnamed}
            tickLine={false}
            stroke="var(--line-strong)"
          />
          <YAxis
            domain={[0, 'auto']}
            width={72}
            tickCount={3}
            interval={0}
            tickFormatter={tell}
            tick={axisText}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)' }}
            wrapperStyle={{ zIndex: 1 }}
            content={<ChartTip zone={zone} hasRepositories={hasRepositories} />}
          />
          {amount === 'databaseBytes' ? (
            <Line dataKey={amount} stroke="var(--muted)" dot={drawDot} activeDot={false} isAnimationActive={false} />
          ) : (
            <Bar dataKey={amount} barSize={2} shape={drawStem} isAnimationActive={false} />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  )
}

const height = 114
const lastHeight = 135
const margin = { top: 8, right: 8, bottom: 8, left: 0 }
const axisText = { fontSize: 11, fill: 'var(--faint)' }

/** Its line is drawn, in step with those below. */
function unnamed() {
  return <g />
}
