import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { ChartCursors } from '../chart-cursor.tsx'
import type { ChartLine, ChartTime } from '../chart-line.ts'
import { TimeChart } from '../time-chart.tsx'

/** A page of charts that are given new points by `tick`, to measure what that costs a browser. */
function TickPage() {
  const [turn, setTurn] = useState(0)
  // The measuring hand is the outside system.
  useEffect(() => {
    Reflect.set(globalThis, 'tick', () => flushSync(() => setTurn((last) => last + 1)))
  }, [])
  const time: ChartTime = { from: new Date(firstMs + turn * stepMs), stepMs, points }
  return (
    <ChartCursors>
      <div style={{ display: 'grid', gridTemplateColumns: '520px 520px', gap: 24 }}>
        {Array.from({ length: charts }, (_, chart) => (
          <TimeChart
            key={chart}
            title={`Chart ${chart}`}
            unit="bytes"
            lines={Array.from({ length: 3 }, (_none, line) => lineOf(chart, line, turn))}
            time={time}
            marks={none}
            linkOf={() => '/'}
            onPart={() => undefined}
            onZoom={() => undefined}
          />
        ))}
      </div>
    </ChartCursors>
  )
}

const charts = 12
const points = 720
const stepMs = 5000
const firstMs = Date.UTC(2026, 10, 23)
const none: never[] = []

/** A wave that moves on with each turn, with a hole in it; one of three leads in its second half. */
function lineOf(chart: number, line: number, turn: number): ChartLine {
  const values = Array.from({ length: points }, (_, index) => {
    const place = index + turn
    return place % 200 === 0 ? null : 1e6 * (2 + line + Math.sin(place / 20 + chart) + 0.3 * Math.sin(place * 1.7))
  })
  const led = values.map((_, index) => line === 0 && index > points / 2)
  return { name: `pg-node-${line + 1}`, colour: line, avg: values, min: values, max: values, led, isLeader: line === 0 }
}

const place = document.body.appendChild(document.createElement('main'))
createRoot(place).render(<TickPage />)
