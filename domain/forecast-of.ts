import { judgeCandidates } from './candidates.ts'
import type { Forecast } from './forecast.ts'
import type { Snapshot } from './snapshot.ts'

/** What would happen if the leader died at `now`. */
export function forecastOf(snapshot: Snapshot, now: Date): Forecast {
  return {
    nextLeader: null,
    outcome: 'unsure',
    lostBytes: null,
    outageSeconds: null,
    sentence: 'Too little is seen to say who would lead.',
    candidates: judgeCandidates(snapshot, now, 'failover'),
    allowedLagBytes: snapshot.config?.maximumLagOnFailoverBytes ?? null,
    quorum: null,
  }
}
