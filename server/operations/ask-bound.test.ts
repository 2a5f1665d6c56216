import { expect, test } from 'vitest'
import { AppError } from '#server/errors.ts'
import { type AgentAccess, OldEpochError } from './agent-access.ts'
import { askBound } from './ask-bound.ts'

test('a run whose agent was shown a higher epoch draws the next and asks again', async () => {
  const { context, agent, seen } = runAgainst(3)
  expect(await askBound(context, agent, 'patroni-stop', {})).toBe('done')
  expect(seen).toEqual(['fence', 1, 'renew', 'fence', 2, 'renew', 'fence', 3])
})

test('whatever else the agent says is passed on at once, and renewing has an end', async () => {
  const { context, seen } = runAgainst(3)
  const no: AgentAccess = { node: 'a', ask: () => Promise.reject(new AppError('refused', 'No.')) }
  await expect(askBound(context, no, 'patroni-stop', {})).rejects.toThrow('No.')
  expect(seen).toEqual(['fence'])
  const never = runAgainst(1_000)
  await expect(askBound(never.context, never.agent, 'patroni-stop', {})).rejects.toBeInstanceOf(OldEpochError)
})

function runAgainst(known: number) {
  let epoch = 1
  const seen: (string | number)[] = []
  const agent: AgentAccess = {
    node: 'a',
    ask(_, _args, binding) {
      seen.push(binding?.epoch ?? 0)
      return epoch < known ? Promise.reject(new OldEpochError('An older epoch.')) : Promise.resolve('done')
    },
  }
  const context = {
    fence: () => Promise.resolve(void seen.push('fence')),
    renew() {
      seen.push('renew')
      epoch += 1
      return Promise.resolve()
    },
    get binding() {
      return { operation: 'o', step: 's', epoch, planHash: 'h' }
    },
    signal: AbortSignal.timeout(1_000),
  }
  return { context, agent, seen }
}
