import { cx } from 'class-variance-authority'
import { BackupShape } from './backup-shape.tsx'
import type { Lane } from './lay-out-axis.ts'

interface AxisLaneProps {
  lane: Lane
  index: number
  /** Where the cursor stands, percent; null = on another lane. */
  cursor: number | null
  /** Where the moment stands that is chosen, percent; null = none is. */
  picked?: number | null
}

/** One timeline: what can be recovered as a bar, gaps as holes in it, backups as marks. */
export function AxisLane({ lane, index, cursor, picked = null }: AxisLaneProps) {
  return (
    <div data-lane={index} className="relative h-8 border-t border-line">
      {lane.spans.map(({ left, width, window }) => (
        <span
          key={`${window.targetTimeline} ${window.fromLsn} ${window.toLsn}`}
          style={{ left: `${left}%`, width: `${width}%` }}
          className={cx(
            'absolute top-2.5 h-3 rounded-sm border',
            lane.isOnLine ? 'border-ok bg-ok/25' : 'border-line-strong bg-raised',
          )}
        />
      ))}
      {lane.holes.map(({ left, width, gap }) => (
        <span
          key={gap.first}
          style={{ left: `${left}%`, width: `${width}%` }}
          className="absolute top-1.5 h-5 min-w-1 rounded-sm border border-dashed border-warn bg-panel"
        />
      ))}
      {lane.beginning === null ? null : (
        <span
          style={{ left: `${lane.beginning.left}%` }}
          className="absolute inset-y-0 w-0 border-l-2 border-dotted border-muted"
        />
      )}
      {lane.backups.map(({ left, backup }) => (
        <span key={backup.label} style={{ left: `${left}%` }} className="absolute top-[9px] -translate-x-1/2">
          <BackupShape type={backup.type} />
        </span>
      ))}
      {picked === null ? null : (
        <span style={{ left: `${picked}%` }} className="absolute inset-y-0 w-0 border-l-2 border-text" />
      )}
      {cursor === null ? null : (
        <span style={{ left: `${cursor}%` }} className="absolute inset-y-0 w-0 border-l border-info" />
      )}
    </div>
  )
}
