import type { Availability, Span } from './measure.ts'
import type { Way } from './way.ts'
import type { WriteState } from './write-state.ts'

/** All that those who only watch are told of a cluster: nothing in it names a host, an address or a member. */
export interface StatusView {
  name: string
  state: WriteState
  /** Whether applications get through to it, as far as their proxies tell. */
  way: Way
  /** Since when it is so; null = that was not seen. */
  since: Date | null
  /** The last look; null = there was none yet. */
  lookedAt: Date | null
  target: number
  month: PeriodTold
  quarter: PeriodTold
  /** Days of the quarter in UTC up to today, in order. */
  days: DayTold[]
  lastTakeover: { at: Date; isPlanned: boolean } | null
  lastBackupAt: Date | null
  lastRehearsalAt: Date | null
  /** Planned work that goes on or is to come. */
  planned: Span[]
}

/** A calendar month or quarter, up to now. */
export interface PeriodTold {
  /** The whole of it, which may reach beyond now. */
  period: Span
  measured: Availability
}

export type DayTold = Pick<
  Availability,
  'from' | 'to' | 'wholeMs' | 'servingMs' | 'unplannedMs' | 'plannedMs' | 'unseenMs' | 'unmeasuredMs'
>

/** What a page for watchers is answered. */
export interface StatusAnswer {
  clusters: StatusView[]
  serverNow: Date
}
