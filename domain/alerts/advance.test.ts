import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advance, keyOf, type AlertsStanding, type Move } from './advance.ts'
import type { Judgement } from './judge-rules.ts'
import { inForce, loadRule, type RuleInForce } from './load-rule.ts'
import type { AlertSeverity } from './rule.ts'

const base = new Date('2026-11-26T12:00:00.000Z')
const at = (seconds: number) => new Date(base.getTime() + seconds * 1000)
const empty: AlertsStanding = { live: [], ended: [] }
let ids = 0

function ruleOf(id: string, forSeconds: number, keepFiringSeconds: number, severity: AlertSeverity = 'warning') {
  const rule = loadRule({
    id,
    title: 'Lag',
    scope: 'member',
    expression: 'replayLagSeconds > $seconds',
    parameters: { seconds: { value: 30, unit: 'seconds', title: 'more than' } },
    forSeconds,
    keepFiringSeconds,
    severity,
    labels: {},
    summary: 'It is {replayLagSeconds} behind, more than {$seconds}.',
    runbook: null,
    cause: 'replication',
  })
  return inForce(rule, undefined)
}

interface Look {
  seconds: number
  /** By subject; absent = it has no row. */
  holds: Record<string, boolean | null>
  isOff?: boolean
  isGone?: boolean
}

function look(standing: AlertsStanding, rule: RuleInForce, { seconds, holds, isOff, isGone }: Look) {
  const judgements: Judgement[] = Object.entries(holds).map(([subject, value]) => ({
    rule,
    row: { scope: 'member', subject, member: subject, facts: { replayLagSeconds: value === null ? null : 40 } },
    holds: value,
  }))
  return advance({
    standing,
    judgements: isOff ? [] : judgements,
    isGone: () => isGone === true,
    isInForce: () => isOff !== true,
    cluster: { clusterId: 'c', clusterName: 'main' },
    newId: () => `a${(ids += 1)}`,
    now: at(seconds),
  })
}

function follow(rule: RuleInForce, looks: Look[]): { standing: AlertsStanding; moves: Move[][] } {
  let standing = empty
  const moves: Move[][] = []
  for (const each of looks) {
    // A worker that begins anew knows only what was kept.
    const next = look(structuredClone(standing), rule, each)
    standing = next.standing
    moves.push(next.moves)
  }
  return { standing, moves }
}

const kinds = (rule: RuleInForce, looks: Look[]) =>
  follow(rule, looks).moves.map((moves) => moves.map(({ kind }) => kind))
const one = (values: (boolean | null)[], step = 10): Look[] =>
  values.map((value, n) => ({ seconds: n * step, holds: { 'pg-2': value } }))

test('it fires once it has held for as long as it must, and resolves once it has been quiet for as long as it keeps', () => {
  const rule = ruleOf('lag', 20, 10)
  expect(kinds(rule, one([true, true, true, true, false, false]))).toEqual([
    ['pending'],
    ['told'],
    ['fired'],
    ['told'],
    ['told'],
    ['resolved'],
  ])
  const { moves } = follow(rule, one([true, true, true]))
  expect(moves[2]?.[0]?.alert).toMatchObject({
    since: at(0),
    firedAt: at(20),
    summary: 'It is 40 s behind, more than 30 s.',
    facts: { replayLagSeconds: 40 },
  })
})

test('what holds no more while it is pending never fires', () => {
  expect(kinds(ruleOf('lag', 20, 10), one([true, true, false, true]))).toEqual([
    ['pending'],
    ['told'],
    ['dropped'],
    ['pending'],
  ])
})

test('while nobody can tell it neither fires nor resolves, and that time does not count', () => {
  const { moves, standing } = follow(ruleOf('lag', 20, 20), one([true, null, null, null, true, true]))
  expect(moves.flat().map(({ kind }) => kind)).toEqual(['pending', 'told', 'told', 'told', 'told', 'fired'])
  expect(standing.live).toMatchObject([{ since: at(0), unknownSince: null }])
  const quiet = follow(ruleOf('lag', 0, 20), one([true, false, null, false, false, false]))
  expect(quiet.moves.flat().map(({ kind }) => kind)).toEqual(['fired', 'told', 'told', 'told', 'told', 'resolved'])
})

test('a subject without a row is not known until it is known to be gone', () => {
  const rule = ruleOf('lag', 0, 10)
  const { moves, standing } = follow(rule, [
    { seconds: 0, holds: { 'pg-2': true } },
    { seconds: 10, holds: {} },
    { seconds: 20, holds: {}, isGone: true },
    { seconds: 200, holds: {}, isGone: true },
  ])
  expect(moves.flat().map(({ kind }) => kind)).toEqual(['fired', 'told', 'told', 'resolved'])
  expect(moves[1]?.[0]?.alert.unknownSince).toEqual(at(10))
  expect(standing.live).toEqual([])
})

test('a rule that is turned off ends what it found, at once', () => {
  const rule = ruleOf('lag', 0, 600)
  const off = { seconds: 10, holds: { 'pg-2': true }, isOff: true }
  expect(kinds(rule, [{ seconds: 0, holds: { 'pg-2': true } }, off])).toEqual([['fired'], ['resolved']])
})

test('another severity is told as better or worse', () => {
  const { standing } = follow(ruleOf('lag', 0, 10), one([true]))
  const worse = look(standing, ruleOf('lag', 0, 10, 'critical'), { seconds: 10, holds: { 'pg-2': true } })
  expect(worse.moves).toMatchObject([{ kind: 'severity', isWorse: true, alert: { severity: 'critical' } }])
})

test('what comes and goes again and again keeps firing', () => {
  const values = Array.from({ length: 60 }, (_, n) => n % 6 < 2)
  const { moves, standing } = follow(ruleOf('lag', 0, 10), one(values))
  const told = moves.flat().filter(({ kind }) => kind === 'fired' || kind === 'resolved')
  expect(told.map(({ kind }) => kind)).toEqual(['fired', 'resolved', 'fired', 'resolved', 'fired'])
  expect(standing.live).toMatchObject([{ state: 'firing', isFlapping: true }])
})

test('flapping every second for ten minutes is told at most twice', () => {
  for (const forSeconds of [0, 5, 60]) {
    const values = Array.from({ length: 600 }, (_, n) => n % 2 === 0)
    const quiet = Array.from({ length: 1_200 }, () => false)
    const { moves } = follow(ruleOf('lag', forSeconds, 120), one([...values, ...quiet], 1))
    const told = moves.flat().filter(({ kind }) => kind === 'fired' || kind === 'resolved')
    expect(told.length).toBeLessThanOrEqual(2)
  }
})

const values = fc.array(
  fc.record({
    seconds: fc.integer({ min: 1, max: 90 }),
    holds: fc.dictionary(fc.constantFrom('pg-1', 'pg-2', 'pg-3'), fc.constantFrom(true, true, false, null)),
    isGone: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
)

test('whatever happens, there is one live alert of a rule and subject, and each moves only by what is known', () => {
  fc.assert(
    fc.property(values, fc.constantFrom(0, 30, 120), fc.constantFrom(0, 30, 120), (looks, forSeconds, keep) => {
      const rule = ruleOf('lag', forSeconds, keep)
      let standing = empty
      let seconds = 0
      const quietSince = new Map<string, number>()
      for (const each of looks) {
        seconds += each.seconds
        const states = new Map(standing.live.map((alert) => [alert.subject, alert.state]))
        const next = look(structuredClone(standing), rule, { ...each, seconds })
        for (const subject of ['pg-1', 'pg-2', 'pg-3']) {
          if (isQuiet(each, subject)) quietSince.set(subject, quietSince.get(subject) ?? seconds)
          else quietSince.delete(subject)
        }
        const given = { look: each, seconds, forSeconds, keep, states, quietSince }
        expect(next.moves.flatMap((move) => faultOf(move, given) ?? [])).toEqual([])
        const keys = next.standing.live.map(keyOf)
        expect(new Set(keys).size).toBe(keys.length)
        standing = next.standing
      }
    }),
  )
})

interface Checked {
  look: Pick<Look, 'holds' | 'isGone'>
  seconds: number
  forSeconds: number
  keep: number
  states: ReadonlyMap<string, string>
  quietSince: ReadonlyMap<string, number>
}

function isQuiet({ holds, isGone }: Pick<Look, 'holds' | 'isGone'>, subject: string): boolean {
  return holds[subject] === false || (holds[subject] === undefined && isGone === true)
}

/** What is wrong with a move; null where nothing is. */
function faultOf({ kind, alert }: Move, { look: { holds, isGone }, seconds, ...given }: Checked): string | null {
  const { subject } = alert
  const value = holds[subject]
  if (kind === 'fired') {
    if (value !== true) return 'it fired by what does not hold'
    if (seconds - (alert.since.getTime() - base.getTime()) / 1000 < given.forSeconds) return 'it fired too early'
  }
  if (kind === 'resolved') {
    const since = given.quietSince.get(subject)
    if (since === undefined) return 'it resolved by what is not known'
    if (seconds - since < given.keep) return 'it resolved too early'
  }
  if (value === null || (value === undefined && isGone !== true)) {
    if (alert.state !== given.states.get(subject)) return 'it moved while nobody could tell'
    if (alert.unknownSince === null) return 'it does not say that nobody can tell'
  }
  return null
}
