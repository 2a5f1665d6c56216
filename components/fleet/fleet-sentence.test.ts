import { expect, test } from 'vitest'
import type { VerdictLevel } from '#domain/judgement/verdict.ts'
import type { AgedRow } from '#domain/fleet/aged-row.ts'
import { fleetSentence } from './fleet-sentence.ts'
import { orderRows } from './order-rows.ts'
import { rowOf } from './testing-row.ts'

const some = (level: VerdictLevel, size: number): AgedRow[] =>
  Array.from({ length: size }, (_, index) => rowOf(`${level}-${index + 1}`, { level }))
const tell = (...rows: AgedRow[]) => fleetSentence(orderRows(rows))

test('a fleet without clusters has nothing to say', () => {
  expect(tell()).toBeNull()
})

test.each([
  [[rowOf('billing')], 'billing is healthy.', null],
  [some('healthy', 12), 'All 12 clusters are healthy.', null],
  [some('healthy', 1200), 'All 1,200 clusters are healthy.', null],
  [
    [rowOf('billing', { level: 'down', leader: null }), ...some('healthy', 11)],
    '1 of 12 clusters needs you: billing has no leader.',
    'The other 11 are healthy.',
  ],
  [[rowOf('billing', { level: 'down', leader: null })], 'billing has no leader.', null],
  [
    [rowOf('billing', { level: 'down' }), rowOf('checkout', { level: 'at-risk' }), ...some('healthy', 1)],
    '2 of 3 clusters need you: billing is down and checkout is at risk.',
    'The other is healthy.',
  ],
  [
    [...some('down', 3), ...some('at-risk', 34), ...some('degraded', 2), ...some('healthy', 961)],
    '37 of 1,000 clusters need you: 3 are down, 34 are at risk.',
    'Of the other 963 clusters, 2 are degraded and 961 are healthy.',
  ],
  [some('at-risk', 5), '5 of 5 clusters need you: 5 are at risk.', null],
  [
    [...some('unseen', 1), ...some('healthy', 2)],
    'Nothing is known to be urgent, but unseen-1 is not seen.',
    'The other 2 are healthy.',
  ],
  [some('unseen', 4), 'None of the 4 clusters is seen.', null],
  [some('unseen', 1), 'unseen-1 is not seen.', null],
  [
    [...some('degraded', 2), ...some('healthy', 10)],
    'Nothing is urgent: degraded-1 and degraded-2 are degraded.',
    'The other 10 are healthy.',
  ],
])('the sentence on the fleet names who needs somebody first', (rows, sentence, rest) => {
  expect(tell(...rows)).toMatchObject({ sentence, rest })
})
