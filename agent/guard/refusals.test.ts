import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testFolder } from '#agent/testing/test-folder.ts'
import { Refusals } from './refusals.ts'

test('the newest 50 are kept, and the journal never grows beyond twice its size', async () => {
  await using node = await testFolder()
  const refusals = new Refusals(node.folder, { mostBytes: 5_000 })
  for (let n = 0; n < 150; n += 1) {
    refusals.record({ at: '2026-01-01T00:00:00Z', code: 'replayed', sentence: `number ${n}` }, { from: 'a', path: '/' })
  }
  await refusals.close()
  expect(refusals.newest).toHaveLength(50)
  expect(refusals.newest.at(-1)?.sentence).toBe('number 149')
  for (const name of ['refusals.log', 'refusals.log.1']) {
    expect((await stat(join(node.folder, name))).size).toBeLessThanOrEqual(5_000)
  }
})
