import { expect, test } from 'vitest'
import { toldRefusals } from './told-refusals.ts'

const agent = { node: 'pg-node-1', refusalsToldAt: null }
const refusal = (at: string) => ({ at, code: 'vetoed', sentence: `refused at ${at}` })
const ahead = refusal('2026-11-25T13:00:00.000Z')

test('a clock that is ahead tells each refusal once', () => {
  const { events, toldAt } = toldRefusals(agent, [ahead], new Date('2026-11-25T13:00:05Z'))
  expect(events).toHaveLength(1)
  const next = toldRefusals({ ...agent, refusalsToldAt: toldAt }, [ahead], new Date('2026-11-25T13:00:15Z'))
  expect(next.events).toEqual([])
})

test('a clock that was ahead and is right again silences nothing, and tells nothing twice', () => {
  const refusalsToldAt = new Date(ahead.at)
  const back = toldRefusals({ ...agent, refusalsToldAt }, [ahead], new Date('2026-11-25T12:00:15Z'))
  expect(back).toEqual({ events: [], toldAt: new Date('2026-11-25T12:00:15Z') })
  const later = refusal('2026-11-25T12:00:20.000Z')
  const seen = { ...agent, refusalsToldAt: back.toldAt }
  const { events, toldAt } = toldRefusals(seen, [ahead, later], new Date('2026-11-25T12:00:25Z'))
  expect(events.map(({ sentence }) => sentence)).toEqual([
    'The agent of pg-node-1 refused a request: refused at 2026-11-25T12:00:20.000Z',
  ])
  expect(toldAt).toEqual(new Date(later.at))
})

test('a token of another console that was refused on the node is told as that, however often it was tried', () => {
  const at = '2026-11-25T12:00:00.000Z'
  const foreign = { at, code: 'foreign-token', sentence: 'matriarch-agent enroll was called with it.' }
  const now = new Date('2026-11-25T12:00:05Z')
  expect(toldRefusals(agent, [foreign], now).events).toMatchObject([
    { kind: 'agent-turned-away', severity: 'warning', sentence: expect.stringContaining('with a token of another') },
  ])
  expect(toldRefusals(agent, [foreign, foreign, refusal(at)], now).events).toMatchObject([
    { kind: 'agent-turned-away', sentence: expect.stringContaining('with 2 tokens of another') },
    { kind: 'agent-refused-request' },
  ])
})
