import { expect, test } from 'vitest'
import { Progress } from './progress.ts'

test('what is said while a write is under way goes with the next one', async () => {
  const written: string[][] = []
  const progress = progressThat(({ output }) => {
    written.push(output.map(({ line }) => line))
    return Promise.resolve()
  })
  progress.say('one')
  progress.say('two')
  progress.note({ sends: 1 })
  await progress.stored()
  expect(written).toEqual([['one'], ['one', 'two']])
  expect(progress.facts).toEqual({ sends: 1 })
})

test('after a write that failed whoever waits is told, also when more was said since', async () => {
  let writes = 0
  const progress = progressThat(() => {
    writes += 1
    return Promise.reject(new Error('disk full'))
  })
  progress.say('one')
  await expect(progress.stored()).rejects.toThrow('disk full')
  progress.say('two')
  progress.note({ sends: 1 })
  await expect(progress.stored()).rejects.toThrow('disk full')
  expect(writes).toBe(1)
})

test('of a long output the first lines and the newest are kept', () => {
  const progress = progressThat(() => Promise.resolve())
  for (let n = 1; n <= 300; n += 1) progress.say(`line ${n}`)
  const lines = progress.output.map(({ line }) => line)
  expect(lines).toHaveLength(200)
  expect([lines[0], lines[19], lines[20], lines.at(-1)]).toEqual(['line 1', 'line 20', 'line 121', 'line 300'])
})

function progressThat(write: ConstructorParameters<typeof Progress>[0]['write']): Progress {
  return new Progress({ output: [], facts: {}, now: () => new Date(0), write })
}
