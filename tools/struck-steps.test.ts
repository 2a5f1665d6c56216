import { expect, test } from 'vitest'
import * as struck from '../e2e/long/struck.ts'
import { commitSequence, moveSequence, plannedSequence, wayBackSequence } from '#server/operations/restore/sequences.ts'
import { doingOf } from '#server/operations/restore/step-names.ts'
import { restorePlan } from '#server/operations/restore/testing/restore-plan.ts'

test('a worker is killed in every step that a recovery in place can have', () => {
  const { forward, back, onward, anew, cancelledEarly, cancelledLate, crampedForward, crampedBack } = struck
  const killed = [forward, back, onward, anew, cancelledEarly, cancelledLate, crampedForward, crampedBack].flat()
  expect(namesOf(killed)).toEqual(everyStep())
})

test('and an agent, but for those that say why not', () => {
  const { agentForward, agentBack, agentOnward, agentCrampedForward, agentCrampedBack, noAgentKilled } = struck
  const killed = [agentForward, agentBack, agentOnward, agentCrampedForward, agentCrampedBack].flat()
  const names = killed.map(([step]) => step)
  expect(namesOf([...names, ...Object.keys(noAgentKilled)])).toEqual(everyStep())
  expect(names.filter((name) => name in noAgentKilled)).toEqual([])
})

/** All that any plan can lead to, forward, elsewhere and back, wherever it is called off. */
function everyStep(): string[] {
  const steps = (['aside', 'replica'] as const).flatMap((wayBack) =>
    (['writable', 'end'] as const).flatMap((clientsBack) => {
      const plan = restorePlan({ wayBack, clientsBack })
      const planned = plannedSequence(plan)
      const commit = [true, false].flatMap((clonesFromBackup) => commitSequence(plan, { clonesFromBackup }))
      const move = [true, false].flatMap((goesOn) => moveSequence({ goesOn }))
      const all = [...planned, ...commit, ...move]
      return [...all, ...all.flatMap((_, end) => wayBackSequence(plan, new Set(all.slice(0, end + 1))))]
    }),
  )
  return namesOf(steps)
}

function namesOf(steps: readonly string[]): string[] {
  return [...new Set(steps.map(doingOf))].toSorted()
}
