import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LogBytes } from './log-bytes.ts'
import { patroniForm } from './patroni-form.ts'
import { readWindow } from './read-window.ts'

const beginMs = Date.UTC(2026, 10, 26, 12)
const clock = ({ clockMs }: { clockMs: number }) => clockMs

/** A log in memory that counts what is read of it. */
function logOf(text: string): LogBytes & { bytesRead: number } {
  const bytes = Buffer.from(text)
  const log = {
    size: bytes.length,
    bytesRead: 0,
    async read(offset: number, length: number) {
      const part = bytes.subarray(offset, offset + length)
      log.bytesRead += part.length
      return part
    },
  }
  return log
}

function lineAt(atMs: number, text: string): string {
  return `${new Date(atMs).toISOString().replace('T', ' ').replace('.', ',').replace('Z', '')} WARNING: ${text}\n`
}

const stories = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 90_000 }),
    // Some of them longer than a piece that is read at once.
    length: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 300 }) }, fc.integer({ min: 0, max: 40_000 })),
    more: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 300 },
)

test('a window holds exactly what was logged in it, wherever it begins and ends, however long the lines are', async () => {
  await fc.assert(
    fc.asyncProperty(stories, fc.nat(20_000_000), fc.nat(20_000_000), async (story, one, two) => {
      let atMs = beginMs
      const lines = story.map(({ afterMs, length, more }, n) => {
        atMs += afterMs
        return { atMs, n, text: lineAt(atMs, `${n} ${'é'.repeat(length)}`) + '  and more\n'.repeat(more) }
      })
      const window = { fromMs: beginMs + Math.min(one, two), toMs: beginMs + Math.max(one, two) }
      const read = await readWindow(logOf(lines.map(({ text }) => text).join('')), { form: patroniForm, clock, window })
      if (read.isCut) return
      const expected = lines.filter((line) => line.atMs >= window.fromMs && line.atMs <= window.toMs).map(({ n }) => n)
      expect(read.entries.map(({ text }) => Number(text.split(' ')[0]))).toEqual(expected)
    }),
    { numRuns: 150 },
  )
})

test('of a long log little is read, and of a window that is too long its beginning and its end', async () => {
  const lines = Array.from({ length: 200_000 }, (_, n) => lineAt(beginMs + n * 1_000, `${n} ${'x'.repeat(60)}`))
  const log = logOf(lines.join(''))
  const window = { fromMs: beginMs + 150_000_000, toMs: beginMs + 150_002_000 }
  const read = await readWindow(log, { form: patroniForm, clock, window })
  expect(read.entries.map(({ text }) => text.slice(0, 6))).toEqual(['150000', '150001', '150002'])
  expect(log.bytesRead).toBeLessThan(log.size / 20)
  const all = { fromMs: beginMs, toMs: beginMs + 200_000_000 }
  const cut = await readWindow(log, { form: patroniForm, clock, window: all })
  expect(cut.isCut).toBe(true)
  expect(cut.entries[0]?.text).toMatch(/^0 /)
  expect(cut.entries.at(-1)?.text).toMatch(/^199999 /)
})

test('a line that is still being written is not taken', async () => {
  const text = lineAt(beginMs, 'whole') + lineAt(beginMs + 1, 'half').slice(0, -3)
  const window = { fromMs: beginMs, toMs: beginMs + 1_000 }
  const { entries } = await readWindow(logOf(text), { form: patroniForm, clock, window })
  expect(entries.map((entry) => entry.text)).toEqual(['whole'])
})
