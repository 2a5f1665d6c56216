import type { BarShapeProps, DotItemDotProps } from 'recharts'
import { BackupMark } from './backup-shape.tsx'
import type { ChartPoint } from './chart-points.ts'

/** A backup as a stem as high as its amount, under the mark of its type. */
export function drawStem({ x, y, width, height, payload }: BarShapeProps) {
  const { type }: ChartPoint = payload
  return (
    <g className="text-text">
      <rect x={x} y={y} width={width} height={height} fill="var(--muted)" />
      <BackupMark type={type} x={x + width / 2} y={y} scale={scale} />
    </g>
  )
}

/** A backup as the mark of its type on a line. */
export function drawDot({ cx, cy, payload }: DotItemDotProps) {
  const { key, type }: ChartPoint = payload
  return (
    <g key={key} className="text-text">
      <BackupMark type={type} x={Number(cx)} y={Number(cy)} scale={scale} />
    </g>
  )
}

const scale = 0.6
