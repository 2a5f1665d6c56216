import { appendFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RefusalCode } from '#agent/protocol/refusal-codes.ts'
import type { foreignToken } from '#agent/protocol/status.ts'

export interface Refusal {
  at: string
  code: RefusalCode | typeof foreignToken
  sentence: string
}

const mostKept = 50
const mostWaiting = 200

/** What was refused: the newest in memory for the console, all of it in a journal of bounded size for who looks on the node. */
export class Refusals {
  private readonly kept: Refusal[] = []
  private readonly file: string
  private readonly mostBytes: number
  private waiting = 0
  private bytes: number | null = null
  private last: Promise<void> = Promise.resolve()

  constructor(folder: string, options: { mostBytes: number } = { mostBytes: 1_000_000 }) {
    this.file = join(folder, 'refusals.log')
    this.mostBytes = options.mostBytes
  }

  get newest(): readonly Refusal[] {
    return this.kept
  }

  record(refusal: Refusal, request: { from: string; path: string }): void {
    this.kept.push(refusal)
    if (this.kept.length > mostKept) this.kept.shift()
    // A slow disk must not let the memory fill.
    if (this.waiting >= mostWaiting) return
    this.waiting += 1
    const line = `${JSON.stringify({ ...refusal, from: request.from, path: request.path.slice(0, 200) })}\n`
    this.last = this.last.then(async () => {
      await this.append(line).catch(() => undefined)
      this.waiting -= 1
    })
  }

  /** Resolves when the journal is written. */
  async close(): Promise<void> {
    await this.last
  }

  private async append(line: string): Promise<void> {
    this.bytes ??= await sizeOf(this.file)
    if (this.bytes + line.length > this.mostBytes && this.bytes > 0) {
      await rename(this.file, `${this.file}.1`)
      this.bytes = 0
    }
    await appendFile(this.file, line, { mode: 0o600 })
    this.bytes += Buffer.byteLength(line)
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch {
    return 0
  }
}
