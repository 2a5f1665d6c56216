import { closeSync, openSync, readdirSync, unlinkSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** The output a job leaves behind. Of a long one the first lines and the newest are kept: how it began and how it ended. */
export class OutputLog {
  readonly #folder: string
  #total = 0
  #segment: { file: number; lines: number; bytes: number } | null = null

  /** Begins the output of a job in its empty folder. */
  constructor(folder: string) {
    this.#folder = folder
  }

  append(line: string): void {
    const text = JSON.stringify(line.length > longestLine ? `${line.slice(0, longestLine)} ...` : line)
    const bytes = Buffer.byteLength(text) + 1
    const segment = this.#segmentFor(bytes)
    writeSync(segment.file, `${text}\n`)
    segment.lines++
    segment.bytes += bytes
    this.#total++
  }

  close(): void {
    if (this.#segment !== null) closeSync(this.#segment.file)
    this.#segment = null
  }

  #segmentFor(bytes: number): { file: number; lines: number; bytes: number } {
    const last = this.#segment
    if (last !== null && last.lines < segmentLines && last.bytes + bytes <= segmentBytes) return last
    this.close()
    this.#dropOldest()
    const next = { file: openSync(join(this.#folder, nameOf(this.#total)), 'a', 0o600), lines: 0, bytes: 0 }
    this.#segment = next
    return next
  }

  #dropOldest(): void {
    const [, ...later] = segmentsIn(this.#folder)
    for (const from of later.slice(0, Math.max(0, later.length - laterSegments))) {
      unlinkSync(join(this.#folder, nameOf(from)))
    }
  }
}

/** Output from line `from` on, at most one page; where lines were not kept, it begins with the next that was. */
export async function readOutput(
  folder: string,
  from: number,
  page: { lines: number; bytes: number } = { lines: 1_000, bytes: 512 * 1024 },
): Promise<{ from: number; lines: string[]; total: number }> {
  const lines: string[] = []
  let total = 0
  let first: number | null = null
  let bytes = 0
  let isPageFull = false
  for (const start of segmentsIn(folder)) {
    const segment = await linesOf(join(folder, nameOf(start)))
    total = start + segment.length
    if (isPageFull || total <= from) continue
    // A page has no hole in it: what comes after one is the next page.
    if (first !== null && first + lines.length !== start) {
      isPageFull = true
      continue
    }
    for (const line of segment.slice(Math.max(0, from - start))) {
      bytes += Buffer.byteLength(line)
      if (lines.length >= page.lines || (lines.length > 0 && bytes > page.bytes)) {
        isPageFull = true
        break
      }
      first ??= Math.max(from, start)
      lines.push(line)
    }
  }
  return { from: first ?? total, lines, total }
}

/** All the lines kept of an output. */
export async function keptLines(folder: string): Promise<string[]> {
  const segments = await Promise.all(segmentsIn(folder).map((from) => linesOf(join(folder, nameOf(from)))))
  return segments.flat()
}

/** Room for one line, and for one segment; the first segment and so many later ones are kept. */
const longestLine = 2_000
const segmentLines = 500
const segmentBytes = 51 * 1024
// With the one being written that makes 20 of them: 10,000 lines, or one mebibyte.
const laterSegments = 18

function nameOf(from: number): string {
  return `output-${from}`
}

function segmentsIn(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((file) => /^output-(\d+)$/.exec(file)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b)
}

/** A segment may be dropped, or its last line be half written, while it is read. */
async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const end = text.lastIndexOf('\n')
  if (end < 0) return []
  return text
    .slice(0, end)
    .split('\n')
    .map((line) => z.string().parse(JSON.parse(line)))
}
