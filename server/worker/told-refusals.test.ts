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
