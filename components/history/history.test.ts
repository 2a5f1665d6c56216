import { expect, test } from 'vitest'
import { metrics } from '#domain/samples/metrics.ts'
import { chartLines, isEmptyAnswer, newestIn, oldestIn, timeOf } from './chart-lines.ts'
import { hasRoom, memberChoices, toggled } from './chosen-members.ts'
import { historySections } from './history-sections.ts'
import { historySentence } from './history-sentence.ts'
import { staleSince } from './stale-since.ts'
import { answerOf } from './testing-answer.ts'
import { questionsOf, wantedSeries, withSeen } from './wanted-series.ts'

const at = (clock: string) => new Date(`2026-11-23T${clock}Z`)
const [replication, sessions] = historySections
if (!replication || !sessions) throw new Error('The page has no sections.')

test('no chart is drawn twice, and each is of a metric that is sampled', () => {
  const charts = historySections.flatMap(({ charts: own }) => own)
  expect(new Set(charts.map(({ kind, metric }) => `${kind} ${metric}`)).size).toBe(charts.length)
  for (const { kind, metric } of charts) expect(metrics[kind].map(({ name }) => name)).toContain(metric)
})

test('what is asked for is each metric of each member, the cluster’s own once, and who led', () => {
  const wanted = wantedSeries([replication], ['a', 'b'])
  expect(wanted).toContainEqual({ kind: 'member', member: 'b', metric: 'replayLagSeconds' })
  expect(wanted).toContainEqual({ kind: 'member', member: 'a', metric: 'isLeader' })
  expect(wanted.filter(({ metric }) => metric === 'candidates')).toEqual([
    { kind: 'cluster', member: null, metric: 'candidates' },
  ])
  expect(wanted).toHaveLength(2 * 5 + 2)
})

test('what came into sight together is one question, and stays it', () => {
  const first = withSeen([], ['a', 'b'])
  expect(first).toEqual([['a', 'b']])
  expect(withSeen(first, ['b'])).toBe(first)
  expect(withSeen(first, ['b', 'c'])).toEqual([['a', 'b'], ['c']])
})

test('no question names more series than one may, and none is left out', () => {
  const members = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const questions = questionsOf(historySections, members)
  expect(questions.flat()).toEqual(historySections)
  for (const question of questions) expect(wantedSeries(question, members).length).toBeLessThanOrEqual(200)
  expect(questionsOf(historySections, ['a', 'b', 'c'])).toHaveLength(1)
})

test('a member keeps its colour whoever else is shown', () => {
  const names = ['pg-3', 'pg-1', 'pg-2']
  const colours = (asked: string) =>
    memberChoices(names, 'pg-3', asked)
      .filter(({ isChosen }) => isChosen)
      .map(({ name, colour }) => `${name} ${colour}`)
  expect(colours('')).toEqual(['pg-1 0', 'pg-2 1', 'pg-3 2'])
  expect(colours('pg-3')).toEqual(['pg-3 2'])
  expect(colours('gone')).toEqual(['pg-1 0', 'pg-2 1', 'pg-3 2'])
})

test('taking a member out and in again leads back to an address that says nothing', () => {
  const names = ['pg-1', 'pg-2', 'pg-3']
  const choices = memberChoices(names, 'pg-1', '')
  expect(toggled(choices, 'pg-2')).toBe('pg-1,pg-3')
  expect(toggled(memberChoices(names, 'pg-1', 'pg-1,pg-3'), 'pg-2')).toBe('')
  expect(toggled(memberChoices(names, 'pg-1', 'pg-1'), 'pg-1')).toBe('')
})

test('of many, the leader and the first are shown, and there is no room for more', () => {
  const names = Array.from({ length: 12 }, (_, index) => `pg-${String(index).padStart(2, '0')}`)
  const choices = memberChoices(names, 'pg-11', '')
  expect(choices.filter(({ isChosen }) => isChosen).map(({ name }) => name)).toEqual([...names.slice(0, 7), 'pg-11'])
  expect(hasRoom(choices)).toBe(false)
})

test('a chart has a line for each member that is shown, gold where it led', () => {
  const answer = answerOf({
    'pg-1': { isLeader: [1, 0.4, null], replayLagBytes: [null, 5, 6] },
    'pg-2': { isLeader: [0, 0.6, 1], replayLagBytes: [3, null, null] },
  })
  const members = memberChoices(['pg-1', 'pg-2'], 'pg-2', '')
  const lines = chartLines({ kind: 'member', metric: 'replayLagBytes', title: '' }, answer, members)
  expect(lines.map(({ name, led, isLeader, avg }) => ({ name, led, isLeader, avg }))).toEqual([
    { name: 'pg-1', led: [true, false, false], isLeader: false, avg: [null, 5, 6] },
    { name: 'pg-2', led: [false, true, true], isLeader: true, avg: [3, null, null] },
  ])
  expect(timeOf(answer)).toEqual({ from: at('12:00:00'), stepMs: 5000, points: 3 })
})

test('the cluster has one line without a name', () => {
  const answer = answerOf({ '': { candidates: [2, 1] } })
  expect(chartLines({ kind: 'cluster', metric: 'candidates', title: '' }, answer, [])).toMatchObject([
    { name: '', colour: null, led: null, avg: [2, 1] },
  ])
  expect(chartLines({ kind: 'cluster', metric: 'etcdDbBytes', title: '' }, answer, [])).toEqual([])
})

test('an answer tells where its values begin and end', () => {
  const answer = answerOf({ 'pg-1': { clients: [null, 1, null, null] }, 'pg-2': { clients: [null, null, 2, null] } })
  expect(oldestIn(answer)).toEqual(at('12:00:05'))
  expect(newestIn(answer)).toEqual(at('12:00:15'))
  expect(isEmptyAnswer(answer)).toBe(false)
  const nothing = answerOf({ 'pg-1': { clients: [null, null] } })
  expect([oldestIn(nothing), newestIn(nothing), isEmptyAnswer(nothing)]).toEqual([null, null, true])
})

test('a sample is missed after a minute, or after three points where these are longer', () => {
  const newest = at('12:00:00')
  expect(staleSince(newest, { stepMs: 5000 }, at('12:01:00'))).toBeNull()
  expect(staleSince(newest, { stepMs: 5000 }, at('12:01:01'))).toEqual(newest)
  expect(staleSince(newest, { stepMs: 120_000 }, at('12:06:00'))).toBeNull()
  expect(staleSince(null, { stepMs: 5000 }, at('12:06:00'))).toBeNull()
})

test('the page says who led and who was furthest behind', () => {
  const said = (values: Parameters<typeof answerOf>[0]) => historySentence(answerOf(values), 'UTC')
  expect(
    said({
      'pg-1': { isLeader: [1, 1, 0], replayLagBytes: [null, null, 0] },
      'pg-2': { isLeader: [0, 0, 1], replayLagBytes: [100, 48_000_000, null] },
    }),
  ).toBe('pg-1 led, then pg-2. pg-2 was furthest behind, 48 MB at 12:00.')
  expect(said({ 'pg-1': { isLeader: [1, null, 1] }, 'pg-2': { replayLagBytes: [0, null, 0] } })).toBe(
    'pg-1 led. No replica was behind.',
  )
  expect(
    said({ a: { isLeader: [1, 0, 1, 0] }, b: { isLeader: [0, 1, 0, 1] }, c: { isLeader: [null, null, null, null] } }),
  ).toBe('The lead moved 3 times, last to b.')
  expect(said({ 'pg-1': { clients: [1] } })).toBeNull()
})

test('the page says for how much of a window nobody looked', () => {
  const said = (isLeader: (number | null)[]) => historySentence(answerOf({ 'pg-1': { isLeader } }), 'UTC')
  const [seen, unseen] = [Array<number>(30).fill(1), Array<null>(12).fill(null)]
  expect(said([...unseen, ...seen])).toBe('pg-1 led. Nothing was seen before 12:01.')
  expect(said([...seen, ...unseen, ...seen])).toBe('pg-1 led. For 1 min of it nothing was seen.')
  expect(said([...seen, ...unseen.slice(1), ...seen])).toBe('pg-1 led.')
  expect(said([...seen, null])).toBe('pg-1 led.')
})
