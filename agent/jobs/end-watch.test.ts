import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EndWatch } from './end-watch.ts'

// Far above the test's own limit: nothing but what is seen ends the wait.
const longMs = 600_000

test('the end of a job is seen when it is written, also before anybody waits for it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matriarch-watch-'))
  const watch = new EndWatch(folder)
  try {
    expect(watch.isOn).toBe(true)
    const write = async () => {
      await writeFile(join(folder, 'end.json.new'), '{}')
      await rename(join(folder, 'end.json.new'), join(folder, 'end.json'))
    }
    const seen = watch.seenWithin(longMs)
    await write()
    await seen
    await write()
    await watch.seenWithin(longMs)
    await watch.seenWithin(1)
  } finally {
    watch.close()
    await rm(folder, { recursive: true })
  }
})

test('where nothing can be watched, time alone ends the wait', async () => {
  const watch = new EndWatch('/nowhere/job')
  expect(watch.isOn).toBe(false)
  await watch.seenWithin(1)
  watch.close()
})
