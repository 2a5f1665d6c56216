import { closeSync, ftruncateSync, openSync, readdirSync, unlinkSync, writeSync } from 'node:fs'
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The output a job leaves behind. Of a long one the first lines and the newest are kept: how it began and how it ended. What
 * cannot be written, on a full disk say, is dropped: the job itself must not end of it.
 */
export class OutputLog {
  readonly #folder: string
  #total = 0
  #dropped = 0
  #segment: Segment | null = null

  /** Begins the output of a job in its empty folder. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** How many lines could not be written; their numbers are missing where the output is read. */
  get dropped(): number {
    return this.#dropped
  }

  append(line: string): void {
    const text = JSON.stringify(line.length > longestLine ? `${line.slice(0, longestLine)} ...` : line)
    try {
      this.#write(Buffer.from(`${text}\n`))
    } catch {
      this.#dropped++
      this.#endTorn()
    }
    this.#total++
  }

  close(): void {
    const segment = this.#segment
    this.#segment = null
    if (segment !== null) quietly(() => closeSync(segment.file))
  }

  #write(line: Buffer): void {
    const segment = this.#segmentFor(line.length)
    // The last bytes of a disk take a part of a line without an error.
    if (writeSync(segment.file, line) < line.length) throw new Error('The line was not written whole.')
    segment.lines++
    segment.bytes += line.length
  }

  /** Takes the part of a line away; a new segment goes on with the number that its first line has. */
  #endTorn(): void {
    const segment = this.#segment
    if (segment === null) return
    quietly(() => ftruncateSync(segment.file, segment.bytes))
    if (segment.lines === 0) quietly(() => unlinkSync(join(this.#folder, nameOf(segment.from))))
    this.close()
  }

  #segmentFor(bytes: number): Segment {
    const last = this.#segment
    if (last !== null && last.lines < segmentLines && last.bytes + bytes <= segmentBytes) return last
    this.close()
    this.#dropOldest()
    const from = this.#total
    const next = { from, file: openSync(join(this.#folder, nameOf(from)), 'a', 0o600), lines: 0, bytes: 0 }
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

interface Segment {
  /** The number of its first line. */
  from: number
  file: number
  lines: number
  bytes: number
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
  const starts = segmentsIn(folder)
  for (const [index, start] of starts.entries()) {
    // What comes before the lines wanted is long told, and a long job is asked after often.
    const next = starts[index + 1]
    if (next !== undefined && next <= from) continue
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

/** Adds a line of the agent's own to the output of a job that has ended: behind the first segment, which is never dropped. */
export async function sayAfterwards(folder: string, line: string): Promise<void> {
  const path = join(folder, nameOf(0))
  const text = await readFile(path, 'utf8').catch(() => '')
  const isTorn = text !== '' && !text.endsWith('\n')
  await appendFile(path, `${isTorn ? '\n' : ''}${JSON.stringify(line)}\n`, { mode: 0o600 })
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
  return text.slice(0, end).split('\n').map(lineIn)
}

/** A line that a full disk tore keeps its place, so that the numbers of the others stay right. */
function lineIn(text: string): string {
  try {
    const line: unknown = JSON.parse(text)
    if (typeof line === 'string') return line
  } catch {
    // As torn as one that is no text.
  }
  return '[a line that was not written whole]'
}

function quietly(act: () => void): void {
  try {
    act()
  } catch {
    // What is left behind of a file does no harm.
  }
}
