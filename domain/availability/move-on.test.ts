import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addLook, longestGapMs, type WriteLook } from './look.ts'
import { availabilityOf, type Stretch } from './measure.ts'
import { moveOn, type Standing, type StretchChange } from './move-on.ts'
import type { WriteCause, WriteState } from './write-state.ts'

const begin = Date.UTC(2026, 10, 1)
const at = (seconds: number) => new Date(begin + seconds * 1000)

const causes = {
  serving: null,
  'not-serving': 'no-leader',
  unseen: 'nothing-answers',
  apart: 'standby',
} as const satisfies Record<WriteState, WriteCause | null>

function look(seconds: number, state: WriteState, more: Partial<WriteLook> = {}): WriteLook {
  const lastWriteAt = state === 'serving' ? at(seconds) : null
  return { state, cause: causes[state], leader: 'a', from: at(seconds), to: at(seconds), lastWriteAt, ...more }
}

/** What the store would hold after these looks. */
function kept(looks: readonly WriteLook[]) {
  let standing: Standing | null = null
  const stretches: (Stretch & { cause: WriteCause })[] = []
  for (const one of looks) {
    const moved: { standing: Standing; changes: StretchChange[] } = moveOn(standing, one)
    standing = moved.standing
    for (const change of moved.changes) {
      const open = stretches.at(-1)
      if (change.kind === 'begin') {
        if (open?.ended === null) throw new Error('Two stretches go on at once.')
        stretches.push({ kind: change.stretch, began: change.at, ended: null, cause: change.cause })
      } else if (open && change.kind === 'end') open.ended = change.at
      else if (open && change.kind === 'recast') Object.assign(open, { kind: 'outage', cause: change.cause })
    }
  }
  return { standing, stretches }
}

test('an outage lasts from the last proof of a write to the first look that finds it writing again', () => {
  const { stretches } = kept([
    look(0, 'serving'),
    look(2, 'serving'),
    look(4, 'not-serving', { lastWriteAt: at(3) }),
    look(6, 'not-serving', { cause: 'promoting', lastWriteAt: at(3) }),
    look(8, 'serving'),
  ])
  expect(stretches).toEqual([{ kind: 'outage', began: at(3), ended: at(8), cause: 'no-leader' }])
})

test('where no proof of a write is known, it lasts from the last look that found it serving', () => {
  const { stretches } = kept([look(0, 'serving'), look(2, 'not-serving'), look(4, 'serving')])
  expect(stretches).toEqual([{ kind: 'outage', began: at(0), ended: at(4), cause: 'no-leader' }])
})

test('time in which nobody looked is unseen, whatever was before and after it', () => {
  const served = kept([look(0, 'serving'), look(60, 'serving')])
  expect(served.stretches).toEqual([{ kind: 'unseen', began: at(0), ended: at(60), cause: 'nobody-looked' }])
  const down = kept([look(0, 'serving'), look(2, 'not-serving'), look(60, 'not-serving'), look(62, 'serving')])
  expect(down.stretches).toEqual([
    { kind: 'outage', began: at(0), ended: at(2), cause: 'no-leader' },
    { kind: 'unseen', began: at(2), ended: at(60), cause: 'nobody-looked' },
    { kind: 'outage', began: at(60), ended: at(62), cause: 'no-leader' },
  ])
})

test('looks that the store was away for are told at once, and nothing of them is unseen', () => {
  let looks: WriteLook[] = []
  for (let seconds = 0; seconds <= 120; seconds += 2) looks = addLook(looks, look(seconds, 'serving'))
  expect(looks).toHaveLength(1)
  expect(kept(looks).stretches).toEqual([])
})

const silent = { cause: 'leader-silent', lastWriteAt: at(1) } as const

test('a leader that fell silent and lost the lead was an outage from its last sign', () => {
  const lost = kept([look(0, 'serving'), look(3, 'unseen', silent), look(6, 'not-serving'), look(9, 'serving')])
  expect(lost.stretches).toEqual([{ kind: 'outage', began: at(1), ended: at(9), cause: 'leader-lost' }])
  const replaced = kept([look(0, 'serving'), look(3, 'unseen', silent), look(6, 'serving', { leader: 'b' })])
  expect(replaced.stretches).toEqual([{ kind: 'outage', began: at(1), ended: at(6), cause: 'leader-lost' }])
})

test('a leader that fell silent and goes on leading was only not seen', () => {
  const { stretches } = kept([look(0, 'serving'), look(3, 'unseen', silent), look(6, 'serving')])
  expect(stretches).toEqual([{ kind: 'unseen', began: at(1), ended: at(6), cause: 'leader-silent' }])
})

test('a silence that nobody followed to its end stays unseen', () => {
  const { stretches } = kept([look(0, 'serving'), look(3, 'unseen', silent), look(60, 'serving', { leader: 'b' })])
  expect(stretches).toEqual([{ kind: 'unseen', began: at(1), ended: at(60), cause: 'leader-silent' }])
})

test('a look that is older than the last changes nothing', () => {
  const { stretches, standing } = kept([look(10, 'serving'), look(8, 'not-serving')])
  expect(stretches).toEqual([])
  expect(standing?.lookedAt).toEqual(at(10))
})

const states = ['serving', 'not-serving', 'unseen', 'apart'] as const
const walk = fc.array(fc.record({ after: fc.integer({ min: 1, max: 20 }), state: fc.constantFrom(...states) }), {
  minLength: 1,
  maxLength: 60,
})

function looksOf(steps: readonly { after: number; state: WriteState }[]): WriteLook[] {
  let seconds = 0
  return steps.map(({ after, state }) => look((seconds += after), state, { lastWriteAt: null }))
}

test('stretches follow each other, and only the last may be open', () => {
  const inOrder = fc.property(walk, (steps) => {
    const { stretches } = kept(looksOf(steps))
    const wrong = stretches.filter(({ began, ended }, n) => {
      const next = stretches[n + 1]
      return ended === null ? next !== undefined : ended < began || (next !== undefined && next.began < ended)
    })
    expect(wrong).toEqual([])
  })
  fc.assert(inOrder)
})

test('the parts add up to the whole, and unseen time is neither up nor down', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 1200 }), fc.integer({ min: 0, max: 1200 }))
  const adding = fc.property(walk, span, span, (steps, [one, other], [workFrom, workFor]) => {
    const looks = looksOf(steps)
    const { standing, stretches } = kept(looks)
    const period = { from: at(Math.min(one, other)), to: at(Math.max(one, other)) }
    const now = looks.at(-1)?.to ?? at(0)
    const told = availabilityOf(
      {
        measuredFrom: standing?.measuredFrom ?? null,
        lookedAt: standing?.lookedAt ?? null,
        stretches,
        planned: [{ from: at(workFrom), to: at(workFrom + workFor) }],
      },
      period,
      now,
    )
    const { servingMs, unplannedMs, plannedMs, unseenMs, unmeasuredMs } = told
    for (const part of [servingMs, unplannedMs, plannedMs, unseenMs, unmeasuredMs])
      expect(part).toBeGreaterThanOrEqual(0)
    expect(servingMs + unplannedMs + plannedMs + unseenMs + unmeasuredMs).toBe(told.wholeMs)
    // Second by second, as the looks themselves say it: what serves least counts between two that differ.
    const expected = { serving: 0, down: 0, unseen: 0, apart: 0 }
    const until = Math.min(period.to.getTime(), now.getTime())
    for (let ms = period.from.getTime(); ms < until; ms += 1000) expected[stateAt(looks, ms)] += 1000
    expect({ serving: servingMs, down: unplannedMs + plannedMs, unseen: unseenMs, apart: unmeasuredMs }).toEqual(
      expected,
    )
  })
  fc.assert(adding, { numRuns: 300 })
})

function stateAt(looks: readonly WriteLook[], ms: number): 'serving' | 'down' | 'unseen' | 'apart' {
  const next = looks.findIndex(({ from }) => from.getTime() > ms)
  const before = looks[next === -1 ? looks.length - 1 : next - 1]
  const after = looks[next]
  if (!before || next === 0) return 'apart'
  if (after && after.from.getTime() - before.to.getTime() > longestGapMs) return 'unseen'
  const state = before.state === 'serving' && after ? after.state : before.state
  return state === 'not-serving' ? 'down' : state
}
