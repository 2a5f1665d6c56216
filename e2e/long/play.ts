import { expect } from 'vitest'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { isEnded, type Operation, restoreResultOf } from '#domain/operation/operation.ts'
import type { WayKind } from '#domain/operation/question.ts'
import { labClusterName } from '../lab-cluster.ts'
import { rest } from '../lab/watched-lab.ts'
import type { RestoreWishes } from '../rest.ts'
import { until } from '../until.ts'
import { noteCase } from './case-notes.ts'
import { expectOnce } from './journal.ts'

/** What a person would answer, in order; `before` is done first, as whoever repairs something does. */
export interface Answer {
  way: WayKind
  target?: RecoveryTarget
  /** What the question must say. */
  says?: RegExp
  before?: () => Promise<void>
}

export type Asked = Omit<RestoreWishes, 'reason'>

/** Asks for a recovery as soon as its plan has nothing against it, and again where something has come up between plan and request. */
export async function ask(wish: Asked): Promise<Operation> {
  return until({ what: 'the recovery can be asked for', timeoutMs: 120_000, everyMs: 1_000 }, async () => {
    const { blockers } = await rest.planRestore(labClusterName, wish)
    if (blockers.length > 0) throw new Error(blockers.join(' '))
    return rest.restore(labClusterName, { ...wish, reason: 'the long tests recover' })
  })
}

export function atTime(at: Date): RecoveryTarget {
  return { type: 'time', at, timeline: null }
}

/** Answers until it has ended; a question that nobody has an answer for is a failure, with its words. */
export async function play({ id }: Pick<Operation, 'id'>, answers: readonly Answer[] = []): Promise<Operation> {
  let answered = 0
  for (const { way, target, says, before } of answers) {
    const asking = await rest.untilQuestion(id, answered)
    if (asking.question === null) throw new Error(`It ended ${asking.state} unasked: ${asking.outcome}`)
    const { step, sentence, ways } = asking.question
    expect(ways.map(({ kind }) => kind)).toContain(way)
    if (says) expect(sentence).toMatch(says)
    await before?.()
    await rest.decide(id, { way, reason: 'the long tests decide', ...(target ? { target } : {}) })
    answered = step
  }
  const last = await rest.untilQuestion(id, answered)
  if (last.question !== null) throw new Error(`It asks: ${last.question.sentence}`)
  return last
}

/** Answers as whoever wants this very target: what can be made final is, what failed is done again. */
export async function insist({ id }: Pick<Operation, 'id'>, target: RecoveryTarget): Promise<Operation> {
  let answered = 0
  for (let asked = 0; asked < 6; asked++) {
    const found = await rest.untilQuestion(id, answered)
    if (found.question === null) return found
    const { step, ways } = found.question
    const way = (['commit', 'move', 'retry'] as const).find((kind) => ways.some((offered) => offered.kind === kind))
    if (way === undefined) throw new Error(`It offers no way on: ${found.question.sentence}`)
    await rest.decide(id, { way, reason: 'the long tests insist', ...(way === 'move' ? { target } : {}) })
    answered = step
  }
  throw new Error('It asked six times, and would ask again.')
}

/** What holds of every recovery that has ended, whatever happened in between; and lets go what it kept. */
export async function settle(ended: Operation): Promise<void> {
  expect(isEnded(ended.state)).toBe(true)
  const result = restoreResultOf(ended.result)
  noteCase({
    outcome: `${ended.state}: ${ended.outcome ?? ''}`,
    writableAfterMs: result?.writableAfterMs ?? null,
    steps: ended.steps.map(({ name, state }) => `${name} ${state}`),
  })
  expectOnce(ended.id)
  if ((result?.keptAside.length ?? 0) === 0) return
  const { id } = await rest.release(ended.id, { confirmName: labClusterName, reason: 'the long tests are through' })
  expect(await rest.untilLongEnded(id)).toMatchObject({ state: 'succeeded' })
}

/** Waits until a step runs, or has run already. */
export async function untilStep({ id }: Pick<Operation, 'id'>, name: string): Promise<void> {
  await until({ what: `the step ${name} is begun`, timeoutMs: 300_000, everyMs: 50 }, async () => {
    const found = await rest.operation(id)
    if (found.steps.some((step) => step.name === name && step.startedAt !== null)) return true
    if (found.question !== null || isEnded(found.state))
      throw new Error(found.question?.sentence ?? found.outcome ?? '')
    return false
  })
}
