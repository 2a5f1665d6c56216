import { wfQueueRunner } from '@dbos-inc/dbos-sdk/internal/wfqueue'
import { expect, test } from 'vitest'
import { calmUpkeep } from './calm-engine.ts'

const paces = (): object => Object.fromEntries(Object.entries(wfQueueRunner.constructor))

test('what DBOS keeps up by the second it keeps up by the minute, until that is taken back', async () => {
  // Another version of DBOS may call them otherwise: then this would change nothing.
  expect(paces()).toMatchObject({ reconcileIntervalMs: 1_000, transitionIntervalMs: 1_000 })
  const end = calmUpkeep(0)
  await expect.poll(paces).toMatchObject({ reconcileIntervalMs: 60_000, transitionIntervalMs: 60_000 })
  end()
  expect(paces()).toMatchObject({ reconcileIntervalMs: 1_000, transitionIntervalMs: 1_000 })
})
