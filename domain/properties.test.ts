import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assess } from './judgement/assess.ts'
import { capabilities } from './operation/capabilities.ts'
import { diff } from './snapshot/diff.ts'
import { summarise } from './fleet/fleet-row.ts'
import { fromJson } from './json.ts'
import { planSwitchover } from './plan/plan-switchover.ts'
import type { ClusterReadings } from './snapshot/readings.ts'
import { takeSnapshot } from './snapshot/snapshot-of.ts'
import type { Snapshot } from './snapshot/snapshot.ts'
import { arbitraryNoon as noon, arbitraryReadings } from './testing/arbitrary-readings.ts'

const later = (ms: number): Date => new Date(noon.getTime() + ms)

function follow(list: ClusterReadings[]): Snapshot[] {
  const taken: Snapshot[] = []
  for (const [index, readings] of list.entries()) {
    taken.push(takeSnapshot(taken.at(-1) ?? null, readings, later(index * 2000)))
  }
  return taken
}

/** Enough to meet the odd ones again and again over many runs, few enough to stay quick. */
fc.configureGlobal({ numRuns: 25 })

const looks = fc.array(arbitraryReadings, { minLength: 1, maxLength: 3 })

test('whatever is read makes a snapshot, numbered one higher each time', () => {
  fc.assert(
    fc.property(looks, (list) => {
      expect(follow(list).map(({ version }) => version)).toEqual(list.map((_, index) => index + 1))
    }),
  )
})

test('a member once listed is never forgotten', () => {
  fc.assert(
    fc.property(looks, (list) => {
      const [first, ...rest] = follow(list)
      for (const member of first?.members.filter(({ isListed }) => isListed) ?? []) {
        for (const next of rest) expect(next.members.map(({ name }) => name)).toContain(member.name)
      }
    }),
  )
})

test('a lag is a number from 0 up, unknown, or none', () => {
  fc.assert(
    fc.property(looks, (list) => {
      for (const member of follow(list).flatMap(({ members }) => members)) {
        for (const lag of [member.receiveLag, member.replayLag]) {
          expect(lag === null || lag === 'unknown' || lag >= 0).toBe(true)
        }
      }
    }),
  )
})

test('a snapshot differs from itself in nothing', () => {
  fc.assert(
    fc.property(looks, (list) => {
      for (const snapshot of follow(list)) expect(diff(snapshot, snapshot)).toEqual([])
    }),
  )
})

test('a first snapshot is no change', () => {
  fc.assert(
    fc.property(arbitraryReadings, (readings) => {
      expect(diff(null, takeSnapshot(null, readings, noon))).toEqual([])
    }),
  )
})

test('a snapshot comes back from its JSON as it was', () => {
  fc.assert(
    fc.property(looks, (list) => {
      const last = follow(list).at(-1)
      expect(fromJson<Snapshot>(JSON.stringify(last))).toEqual(fromJson<Snapshot>(JSON.parse(JSON.stringify(last))))
      expect(JSON.stringify(fromJson<Snapshot>(JSON.stringify(last)))).toBe(JSON.stringify(last))
    }),
  )
})

test('everything can be judged, told and planned in whole sentences', () => {
  fc.assert(
    fc.property(looks, (list) => {
      const taken = follow(list)
      for (const [index, snapshot] of taken.entries()) {
        const now = snapshot.takenAt
        const assessment = assess(snapshot, now)
        const plan = planSwitchover(snapshot, { kind: 'switchover', candidate: 'pg-1', scheduledAt: null, now })
        const acts = capabilities(snapshot, { mayAct: true, activeOperation: null, storeReachable: true, now })
        const sentences = [
          assessment.verdict.sentence,
          assessment.forecast.sentence,
          ...assessment.findings.flatMap(({ sentence, advice }) => [sentence, advice]),
          ...diff(taken[index - 1] ?? null, snapshot).map(({ sentence }) => sentence),
          ...plan.sentences,
          ...plan.blockers,
          ...plan.warnings,
          ...acts.flatMap(({ reason }) => reason ?? []),
        ]
        for (const sentence of sentences) expect(sentence).not.toMatch(/undefined|NaN|null|\[object|Infinity/)
        expect(assessment.verdict.sentence).not.toBe('')
        expect(summarise(snapshot, assessment).level).toBe(assessment.verdict.level)
      }
    }),
  )
})

test('no snapshot is called healthy once it is stale', () => {
  fc.assert(
    fc.property(looks, fc.integer({ min: 6001, max: 10_000_000 }), (list, ms) => {
      const snapshot = follow(list).at(-1)
      if (!snapshot) return
      expect(assess(snapshot, new Date(snapshot.takenAt.getTime() + ms)).verdict.level).toBe('unseen')
    }),
  )
})
