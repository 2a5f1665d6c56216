import { expect, test, vi } from 'vitest'
import { type TestAgent, testAgent } from '#agent/testing/test-agent.ts'

// A busy machine makes keys slowly.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

async function draw(agent: TestAgent, counter: number) {
  const { body } = await agent.client.send(agent.status(counter))
  return body['code'] ?? body['counter']
}

test('each status answer draws the next number, once however many answers were lost', async () => {
  await using agent = await testAgent()
  expect(await draw(agent, 0)).toBe(1)
  expect(await draw(agent, 1)).toBe(2)
  expect(await draw(agent, 1)).toBe(2)
  expect(await draw(agent, 1)).toBe(2)
  await agent.restart()
  expect(await draw(agent, 2)).toBe(3)
})

test('a number that was never drawn locks the agent, for good', async () => {
  await using agent = await testAgent()
  expect(await draw(agent, 0)).toBe(1)
  expect(await draw(agent, 2)).toBe('cloned')
  expect(await draw(agent, 1)).toBe('locked')
  await agent.restart()
  expect(await draw(agent, 1)).toBe('locked')
  const { body } = await agent.client.send(agent.verb('patroni-stop', {}))
  expect(body).toMatchObject({ code: 'locked' })
  expect(agent.performed).toEqual([])
})

test('a number from long ago is refused but locks nothing', async () => {
  await using agent = await testAgent()
  for (const counter of [0, 1, 2]) await draw(agent, counter)
  expect(await draw(agent, 0)).toBe('conflict')
  expect(await draw(agent, 3)).toBe(4)
})
