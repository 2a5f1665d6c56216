import { appendFile, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LineSplitter } from './line-splitter.ts'
import { keptLines, OutputLog, readOutput } from './output-log.ts'

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matriarch-output-'))
  await body(folder)
  await rm(folder, { recursive: true })
}

test('of a long output the first lines and the newest are kept', () =>
  inFolder(async (folder) => {
    const log = new OutputLog(folder)
    for (let n = 0; n < 15_000; n++) log.append(`line ${n}`)
    log.close()
    const lines = await keptLines(folder)
    expect(lines.length).toBeLessThanOrEqual(10_000)
    expect(lines.slice(0, 500)).toEqual(Array.from({ length: 500 }, (_, n) => `line ${n}`))
    expect(lines.at(-1)).toBe('line 14999')
    expect(lines.length).toBeGreaterThan(9_000)
  }))

test('output is read in pages, and a hole in it shows in the numbers', () =>
  inFolder(async (folder) => {
    const log = new OutputLog(folder)
    for (let n = 0; n < 12_000; n++) log.append(`line ${n}`)
    log.close()
    let from = 0
    const seen: string[] = []
    for (let pages = 0; pages < 40; pages++) {
      const page = await readOutput(folder, from)
      expect(page.total).toBe(12_000)
      expect(page.lines.length).toBeLessThanOrEqual(1_000)
      if (page.lines.length === 0) break
      expect(page.lines[0]).toBe(`line ${page.from}`)
      expect(page.lines.at(-1)).toBe(`line ${page.from + page.lines.length - 1}`)
      seen.push(...page.lines)
      from = page.from + page.lines.length
    }
    expect(seen).toEqual(await keptLines(folder))
    expect(await readOutput(folder, 12_000)).toEqual({ from: 12_000, lines: [], total: 12_000 })
  }))

test('long lines are cut, so that no output is larger than a mebibyte', () =>
  inFolder(async (folder) => {
    const log = new OutputLog(folder)
    for (let n = 0; n < 3_000; n++) log.append('x'.repeat(5_000))
    log.close()
    const lines = await keptLines(folder)
    expect(lines.join('\n').length).toBeLessThanOrEqual(1024 * 1024)
    expect(lines[0]?.length).toBeLessThan(2_010)
  }))

test('what a full disk does not take is dropped and counted, and the numbers of the rest stay right', () =>
  inFolder(async (folder) => {
    await symlink('/dev/full', join(folder, 'output-0'))
    await symlink('/dev/full', join(folder, 'output-1'))
    const log = new OutputLog(folder)
    for (const line of ['one', 'two', 'three', 'four']) log.append(line)
    log.close()
    expect(log.dropped).toBe(2)
    expect(await readOutput(folder, 0)).toEqual({ from: 2, lines: ['three', 'four'], total: 4 })
    expect(await readdir(folder)).toEqual(['output-2'])
  }))

test('a line that was torn does not hide the others', () =>
  inFolder(async (folder) => {
    await appendFile(join(folder, 'output-0'), '"one"\n"tw"three"\n"four"\n')
    const { lines } = await readOutput(folder, 0)
    expect(lines).toEqual(['one', expect.stringContaining('not written whole'), 'four'])
  }))

test('bytes become lines wherever they are torn, without control characters', () => {
  const lines: string[] = []
  const splitter = new LineSplitter((line) => lines.push(line), 10)
  for (const byte of Buffer.from('é1\r\n\u001b[31mred\nend')) splitter.push(Buffer.of(byte))
  splitter.end()
  expect(lines).toEqual(['é1', '[31mred', 'end'])
})
