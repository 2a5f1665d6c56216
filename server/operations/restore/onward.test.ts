import { describe, expect, test } from 'vitest'
import type { WayKind } from '#domain/operation/question.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { Facts, StepOutcome } from '../define.ts'
import { lastAttempt } from './attempts.ts'
import type { Decided, RestoreSoFar } from './facts.ts'
import { onward } from './onward.ts'
import { questionOf } from './question.ts'
import { plannedSequence } from './sequences.ts'
import { type RestoreCourse, standingOf } from './standing.ts'
import { restorePlan } from './testing/restore-plan.ts'

const done: StepOutcome = { kind: 'done', detail: 'Done.' }
const failed: StepOutcome = { kind: 'failed', detail: 'It failed.' }
/** Steps that only look: one that fails ends the recovery, and nobody is asked anything. */
const untouched = new Set(['preflight', 'archive-works'])
const cancelled: StepOutcome = { kind: 'cancelled', detail: 'Bob cancelled it.' }

/** A course as the engine goes it: what is ahead is done step by step, and what `onward` appends comes next. */
class Walk {
  readonly plan: RestorePlan
  readonly ended: RestoreCourse['ended'] = []
  readonly facts: Facts = { restore: {} }
  ahead: string[]

  constructor(changes: Partial<RestorePlan> = {}) {
    this.plan = restorePlan(changes)
    this.ahead = plannedSequence(this.plan)
  }

  get course(): RestoreCourse {
    return { plan: this.plan, facts: this.facts, ended: this.ended }
  }

  note(found: RestoreSoFar): this {
    this.facts.restore = { ...this.facts.restore, ...found }
    return this
  }

  /** Does all that is ahead up to this step, which ends as said. */
  until(name: string, outcome: StepOutcome = done): this {
    for (;;) {
      const next = this.ahead.shift()
      if (next === undefined) throw new Error(`${name} does not come.`)
      if (next.startsWith('mask')) this.note({ touchedAt: new Date() })
      if (next === 'open') this.note({ isPublished: true })
      if (next === name) return this.#end(name, outcome)
      this.#end(next, done)
    }
  }

  decide(way: WayKind, goesOn = false): this {
    const asking = this.ahead[0] ?? ''
    const decided: Decided = { step: 1, way, target: null, reason: 'r', by: 'Ada', at: new Date(), goesOn }
    this.note({ decisions: { ...this.facts.restore?.decisions, [asking]: decided } })
    return this.until(asking, way === 'leave' ? failed : done)
  }

  #end(name: string, outcome: StepOutcome): this {
    this.ended.push({ n: this.ended.length + 1, name, outcome })
    if (outcome.kind !== 'done' || this.ahead.length === 0)
      this.ahead = onward(this.course)?.map((step) => step.name) ?? []
    return this
  }
}

const commit = [
  'promote',
  'adopt',
  'open',
  'release',
  'archive-proof',
  'rebuild-replica~1',
  'rebuild-replica~2',
  'backup',
  'verify',
]

describe('forward', () => {
  test('what was recovered becomes the cluster once it is decided', () => {
    const walk = new Walk().until('inspect').decide('commit')
    expect(walk.ahead).toEqual(commit)
    expect(walk.until('verify').ahead).toEqual([])
  })

  test('clients come back at the end where that was wished', () => {
    const walk = new Walk({ clientsBack: 'end' }).until('inspect').decide('commit')
    expect(walk.ahead.slice(-3)).toEqual(['backup', 'release', 'verify'])
  })

  test('where replicas are made from backups, one of the new timeline is there first', () => {
    const walk = new Walk().until('inspect')
    Object.assign(walk.facts, { restoreBefore: { clonesFromBackup: true } })
    expect(walk.decide('commit').ahead.slice(5, 8)).toEqual(['backup', 'rebuild-replica~1', 'rebuild-replica~2'])
  })

  test('a later target is recovered to from where recovery stands, an earlier one from a backup', () => {
    const later = new Walk().until('inspect').decide('move', true)
    expect(later.ahead).toEqual(['halt', 'retarget', 'recover~2', 'inspect~2', 'decide~2'])
    const earlier = later.until('inspect~2').decide('move', false)
    expect(earlier.ahead).toEqual(['halt~2', 'restore~2', 'recover~3', 'inspect~3', 'decide~3'])
    expect(earlier.until('inspect~3').decide('commit').ahead).toEqual(commit)
  })

  test('where it stood before says nothing once it was recovered further', () => {
    const walk = new Walk().until('inspect')
    const attempt = {
      targetWords: 't',
      stoppedHow: null,
      xid: null,
      time: null,
      lastCompletedAt: null,
      replayedLsn: null,
    }
    walk.note({ attempts: { inspect: { ...attempt, check: null, tables: [], isOnTarget: true } } })
    expect(lastAttempt(walk.course)).not.toBe(null)
    expect(lastAttempt(walk.decide('move', true).until('recover~2', failed).course)).toBe(null)
  })

  test('before anything is touched it ends as the step did', () => {
    expect(new Walk().until('preflight', { kind: 'refused', detail: 'No.' }).ahead).toEqual([])
    expect(new Walk().until('preflight', cancelled).ahead).toEqual([])
    expect(new Walk().until('archive-works', failed).ahead).toEqual([])
  })
})

describe('a step that does not end as planned', () => {
  const planned = plannedSequence(restorePlan()).filter((name) => !untouched.has(name) && name !== 'decide')

  test.each(planned)('%s: it is asked how to go on, and tried again with all that follows', (name) => {
    const walk = new Walk().until(name, failed)
    expect(walk.ahead).toEqual(['decide'])
    const following = planned.slice(planned.indexOf(name) + 1)
    const again = walk.decide('retry')
    expect(again.ahead).toEqual([`${name}~2`, ...following, 'decide~2'])
    expect(again.until(`${name}~2`, failed).ahead).toEqual(['decide~2'])
    expect(again.decide('retry').ahead[0]).toBe(`${name}~3`)
  })

  test.each([
    ['promote', ['retry', 'move', 'abandon', 'leave']],
    ['adopt', ['retry', 'abandon', 'leave']],
  ] as const)('%s can still be abandoned', (name, ways) => {
    const walk = new Walk().until('inspect').decide('commit').until(name, failed)
    expect(waysOf(walk)).toEqual(ways)
    expect(walk.decide('abandon').ahead).toContain('take-back-data')
  })

  test.each(['open', 'archive-proof', 'rebuild-replica~1', 'rebuild-replica~2', 'backup', 'verify'])(
    '%s cannot: the new timeline is published',
    (name) => {
      const walk = new Walk().until('inspect').decide('commit').until(name, failed)
      expect(waysOf(walk)).toEqual(['retry', 'leave'])
      const rest = commit.slice(commit.indexOf(name) + 1)
      expect(walk.decide('retry').ahead).toEqual([`${name}~2`, ...rest])
    },
  )

  test('what could not be promoted is recovered once more, and asked about anew', () => {
    const walk = new Walk().until('inspect').decide('commit').until('promote', failed).decide('move')
    expect(walk.ahead).toEqual(['halt', 'restore~2', 'recover~2', 'inspect~2', 'decide~3'])
    expect(waysOf(walk.until('inspect~2'))).toEqual(['commit', 'move', 'abandon'])
  })

  test('a recovery that failed can be moved as well', () => {
    for (const name of ['restore', 'recover', 'inspect']) {
      expect(waysOf(new Walk().until(name, failed))).toEqual(['retry', 'move', 'abandon', 'leave'])
    }
    expect(waysOf(new Walk().until('prove-down', failed))).toEqual(['retry', 'abandon', 'leave'])
  })

  test('left as it stands it ends', () => {
    expect(new Walk().until('clear-dcs', failed).decide('leave').ahead).toEqual([])
  })

  test('a decision that cannot be followed is asked for anew, with the same ways', () => {
    const walk = new Walk().until('inspect').until('decide', { kind: 'failed', detail: 'Not archived.' })
    expect(walk.ahead).toEqual(['decide~2'])
    expect(waysOf(walk)).toEqual(['commit', 'move', 'abandon'])
    expect(questionOf(walk.course, null).sentence).toContain('Not archived.')
    expect(walk.decide('commit').ahead).toEqual(commit)
  })
})

describe('the way back', () => {
  const back = (name: string) => new Walk().until(name, failed).decide('abandon').ahead

  test('takes back what was begun and nothing else, the last first', () => {
    expect(back('mask')).toEqual(['release', 'unmask', 'verify-return'])
    expect(back('archive')).toEqual(['release', 'unmask', 'verify-return'])
    expect(back('stop-replicas')).toEqual([
      'release',
      'return-replica~1',
      'return-replica~2',
      'unmask',
      'verify-return',
    ])
    const returned = ['return-leader', 'release', 'return-replica~1', 'return-replica~2', 'verify-return']
    expect(back('stop-leader')).toEqual(returned)
    expect(back('prove-down')).toEqual(returned)
    expect(back('clear-dcs')).toEqual(['restore-dcs', ...returned])
    const whole = [...returned.slice(0, -1), 'discard-attempt', 'verify-return']
    expect(back('set-aside')).toEqual(['take-back-data', 'restore-dcs', ...whole])
    expect(back('restore')).toEqual(['take-back-data', 'restore-dcs', ...whole])
    expect(back('recover')).toEqual(['halt', 'take-back-data', 'restore-dcs', ...whole])
  })

  test('after the node had taken the lead, it leaves it first', () => {
    const walk = new Walk().until('inspect').decide('commit').until('adopt', failed).decide('abandon')
    expect(walk.ahead.slice(0, 3)).toEqual(['stand-down', 'halt', 'take-back-data'])
  })

  test('where the data was overwritten, a replica leads and the node is built anew', () => {
    const walk = new Walk({ wayBack: 'replica' }).until('inspect').decide('abandon')
    expect(walk.ahead).toEqual([
      'halt',
      'restore-dcs',
      'lead-by-replica',
      'release',
      'return-replica~1',
      'return-replica~2',
      'rebuild-node',
      'verify-return',
    ])
    const early = new Walk({ wayBack: 'replica' }).until('clear-dcs', failed).decide('abandon')
    expect(early.ahead).toContain('return-leader')
  })

  test('a restore that a wish to cancel met before it began has overwritten nothing', () => {
    const unbegun = new Walk({ wayBack: 'replica' }).until('restore', cancelled)
    expect(unbegun.ahead).toEqual([
      'restore-dcs',
      'return-leader',
      'release',
      'return-replica~1',
      'return-replica~2',
      'verify-return',
    ])
    const walk = new Walk({ wayBack: 'replica' })
    walk.note({ times: { restore: { title: 'Restore', beganAt: new Date(), endedAt: null } } })
    expect(walk.until('restore', cancelled).ahead).toContain('lead-by-replica')
  })

  test('tells who called it off, and of nobody where it was decided', () => {
    const called = new Walk().note({ touchedAt: new Date() }).until('fence', cancelled)
    expect(standingOf(called.course).calledOff).toBe('Bob cancelled it.')
    const decided = new Walk().until('inspect').decide('abandon').until('halt', cancelled)
    expect(standingOf(decided.course).calledOff).toBe(null)
  })

  test.each(['mask', 'fence', 'archive', 'stop-leader', 'set-aside', 'restore', 'recover', 'inspect', 'decide'])(
    'a wish to cancel at %s leads there without a question',
    (name) => {
      const walk = new Walk().note({ touchedAt: new Date() }).until(name, cancelled)
      expect(walk.ahead.at(-1)).toBe('verify-return')
      expect(standingOf(walk.course).phase).toBe('back')
    },
  )

  test('is gone to its end: neither a failure nor a wish to cancel leaves it half-way', () => {
    const walk = new Walk().until('inspect').decide('abandon').until('return-leader', failed)
    expect(waysOf(walk)).toEqual(['retry', 'leave'])
    walk.decide('retry')
    expect(walk.ahead.slice(0, 2)).toEqual(['return-leader~2', 'release'])
    walk.until('return-leader~2', cancelled)
    expect(walk.ahead.slice(0, 2)).toEqual(['return-leader~3', 'release'])
    expect(walk.until('verify-return').ahead).toEqual([])
  })

  test('goes on without a node that does not answer once somebody has decided that', () => {
    const walk = new Walk().until('inspect').decide('abandon').until('return-leader', failed)
    walk.note({ unheard: ['pg-node-2'] })
    expect(waysOf(walk)).toEqual(['retry', 'pass', 'leave'])
    expect(questionOf(walk.course, null).ways[1]?.title).toBe('Go on without pg-node-2')
    expect(walk.decide('pass').ahead.slice(0, 2)).toEqual(['return-leader~2', 'release'])
  })
})

describe('once it is published', () => {
  test('a replica that is not built anew may be gone on without, and the rest is done', () => {
    const walk = new Walk().until('inspect').decide('commit').until('rebuild-replica~1', failed)
    walk.note({ unheard: ['pg-node-2'] })
    expect(waysOf(walk)).toEqual(['retry', 'pass', 'leave'])
    expect(walk.decide('pass').ahead).toEqual(['rebuild-replica~1~2', 'rebuild-replica~2', 'backup', 'verify'])
  })

  test('before that nobody is gone on without', () => {
    const walk = new Walk()
      .until('inspect')
      .decide('commit')
      .until('adopt', failed)
      .note({ unheard: ['pg-node-2'] })
    expect(waysOf(walk)).not.toContain('pass')
  })
})

function waysOf({ course }: Walk): WayKind[] {
  return questionOf(course, null).ways.map(({ kind }) => kind)
}
