import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planPages, type PageTelling } from './plan-pages.ts'
import { PagedCluster, type Answer } from './testing/paged-cluster.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 26, 3, minutes))

let id = 0
const telling = (change: Partial<PageTelling> = {}): PageTelling => ({
  id: (id += 1),
  channelId: 'pager',
  alertId: 'a',
  key: 'own',
  kind: 'trigger',
  state: 'sent',
  isUntouched: false,
  mayHaveArrived: true,
  isFiring: true,
  createdAt: at(0),
  sentAt: at(0),
  ...change,
})
const tried = { state: 'waiting', sentAt: null } as const
const waits = { ...tried, isUntouched: true, mayHaveArrived: false } as const

function plan(tellings: PageTelling[], change: Partial<Parameters<typeof planPages>[0]> = {}) {
  return planPages({ ownKey: 'own', acknowledgedAt: null, isTelling: false, sendsResolved: true, tellings, ...change })
}

test('what joins goes under the key of the incident, and the page ends with the last that was told', () => {
  expect(plan([], { isTelling: true })).toEqual({ key: 'own', follow: [], rekey: [] })
  const over = telling({ isFiring: false })
  const goesOn = telling({ alertId: 'b' })
  expect(plan([over, goesOn]).follow).toEqual([])
  const last = { ...goesOn, isFiring: false }
  expect(plan([over, last]).follow).toEqual([{ after: last.id, kind: 'resolve', isTakenUp: false }])
  expect(plan([over, last], { sendsResolved: false }).follow).toEqual([])
  expect(plan([over, last, telling({ kind: 'resolve', isFiring: false, ...waits })]).follow).toEqual([])
})

test('what could not be told keeps the page open while it fires; what never arrived is not ended', () => {
  const over = telling({ isFiring: false })
  expect(plan([over, telling({ alertId: 'b', state: 'dead' })]).follow).toEqual([])
  expect(plan([telling({ isFiring: false, state: 'dead', mayHaveArrived: false })]).follow).toEqual([])
  // It was tried and may have arrived, whatever the receiver said in the end.
  for (const state of ['waiting', 'dead'] as const) {
    const one = telling({ isFiring: false, state, sentAt: null })
    expect(plan([one]).follow).toEqual([{ after: one.id, kind: 'resolve', isTakenUp: false }])
  }
})

test('what was given up and sent once more after the end is ended once more', () => {
  const again = telling({ alertId: 'b', isFiring: false, sentAt: at(9) })
  const rest = [telling({ isFiring: false }), telling({ kind: 'resolve', isFiring: false, sentAt: at(5) })]
  expect(plan([again, ...rest]).follow).toMatchObject([{ after: again.id, kind: 'resolve' }])
})

test('it is acknowledged once, where whoever did so knew of the page', () => {
  const told = telling()
  const acknowledge = [{ after: told.id, kind: 'acknowledge', isTakenUp: false }]
  expect(plan([told, telling({ alertId: 'b' })], { acknowledgedAt: at(1) }).follow).toEqual(acknowledge)
  expect(plan([told, telling({ kind: 'acknowledge' })], { acknowledgedAt: at(1) }).follow).toEqual([])
  expect(plan([{ ...told, createdAt: at(2) }], { acknowledgedAt: at(1) }).follow).toEqual([])
  expect(plan([{ ...told, ...tried }], { acknowledgedAt: at(1) }).follow).toEqual([])
})

test('of incidents that became one, the page that arrived goes on, and a second one ends', () => {
  const other = telling({ key: 'other', alertId: 'b' })
  expect(plan([other], { isTelling: true })).toEqual({ key: 'other', follow: [], rekey: [] })
  const taken = { after: other.id, kind: 'resolve', isTakenUp: true }
  expect(plan([other, telling()])).toEqual({ key: 'own', follow: [taken], rekey: [] })
  // As long as its own did not arrive, the other is all that anybody knows of.
  const ownTried = telling(tried)
  const end = { after: ownTried.id, kind: 'resolve', isTakenUp: true }
  expect(plan([other, ownTried])).toEqual({ key: 'other', follow: [end], rekey: [] })
  expect(plan([telling({ ...tried, key: 'other' }), telling(tried)])).toMatchObject({ key: 'own', follow: [] })
  const untouched = telling({ key: 'other', alertId: 'c', ...waits })
  expect(plan([telling(), untouched])).toEqual({ key: 'own', follow: [], rekey: [untouched.id] })
})

const incident = fc.constantFrom(0, 1)
const n = fc.nat({ max: 9 })
const answers: fc.Arbitrary<Answer> = fc.constantFrom('accepted', 'accepted', 'lost', 'refused for now', 'refused')

const deed: fc.Arbitrary<(cluster: PagedCluster) => unknown> = fc.oneof(
  fc.tuple(incident, fc.constantFrom('critical' as const, 'warning' as const, 'info' as const)).map(
    ([which, severity]) =>
      (cluster: PagedCluster) =>
        cluster.fire(which, severity),
  ),
  n.map((which) => (cluster: PagedCluster) => cluster.change(which, { state: 'resolved' })),
  fc.tuple(n, fc.boolean()).map(
    ([which, isSilent]) =>
      (cluster: PagedCluster) =>
        cluster.change(which, { isSilent }),
  ),
  n.map((which) => (cluster: PagedCluster) => cluster.change(which, { severity: 'critical' })),
  incident.map((which) => (cluster: PagedCluster) => cluster.acknowledge(which)),
  answers.map((answer) => (cluster: PagedCluster) => cluster.deliver(answer)),
  fc.constantFrom(1, 5, 31, 700).map((seconds) => (cluster: PagedCluster) => cluster.pass(seconds)),
  fc.constant((cluster: PagedCluster) => cluster.plan()),
)
const merge = fc.tuple(incident, incident).map(
  ([from, into]) =>
    (cluster: PagedCluster) =>
      cluster.merge(from, into),
)

/** Does what is given, then lets all end and all arrive. */
function play(deeds: readonly ((cluster: PagedCluster) => unknown)[]): PagedCluster {
  const cluster = new PagedCluster()
  for (const each of deeds) each(cluster)
  cluster.plan()
  for (let k = 0; k < cluster.alerts.length; k += 1) cluster.change(k, { state: 'resolved' })
  for (let k = 0; k < 4; k += 1) {
    cluster.plan()
    cluster.pass(60)
    while (cluster.deliver('accepted'));
  }
  return cluster
}

/** Pages that nobody would end. */
function leftOpen({ open, unended }: PagedCluster): string[] {
  return [...open].filter((key) => !unended.has(key))
}

test('an incident never has two pages, and none stays open once all is over but where its end was refused for good', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      const cluster = play(deeds)
      expect(leftOpen(cluster)).toEqual([])
      const { got } = cluster
      expect(got.map(({ key }) => key).filter((key) => key !== 'i0' && key !== 'i1')).toEqual([])
    }),
    { numRuns: 2_000 },
  )
})

test('incidents that become one leave no page open', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 9, arbitrary: deed }, { weight: 1, arbitrary: merge }), { maxLength: 60 }),
      (deeds) => {
        expect(leftOpen(play(deeds))).toEqual([])
      },
    ),
    { numRuns: 2_000 },
  )
})

test('what is told of a page arrives in the order in which it was written down, whatever is refused or lost', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      const last = new Map<string, number>()
      for (const { key, ids } of play(deeds).got) {
        expect(Math.max(...ids)).toBeGreaterThanOrEqual(last.get(key) ?? 0)
        last.set(key, Math.max(...ids))
      }
    }),
    { numRuns: 300 },
  )
})
