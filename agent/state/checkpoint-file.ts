import { type KeyObject, verify } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Checkpoint, checkpointText, parseCheckpoint } from '#domain/audit-chain/checkpoint.ts'
import { writeDurable } from '#agent/durable.ts'
import { readText } from './read-text.ts'

/** What this node holds of the console's audit log after a checkpoint was given to it, and why it did not take that one. */
export interface CheckpointStand {
  kept: Pick<Checkpoint, 'seq' | 'hash'> | null
  problem: string | null
  /** True = what it was given contradicts what it holds; false with a problem = it could not be kept. */
  isDisputed: boolean
}

export const checkpointFileName = 'audit-checkpoints.jsonl'
const most = 20_000

/**
 * Checkpoints of the console's audit log, kept on this node where nobody who owns the console's store can change them. One that does not follow those
 * before it is not taken: the log was cut or made anew, and this file is the proof.
 */
export class CheckpointFile {
  private readonly file: string
  private lines: string[] | null = null

  constructor(folder: string) {
    this.file = join(folder, checkpointFileName)
  }

  /** Keeps a checkpoint that the holder of `consoleKey` signed and that follows the one before; null only tells what is held. */
  async keep(given: Checkpoint | null, consoleKey: KeyObject): Promise<CheckpointStand> {
    const lines = await this.read()
    const last = newestSignedBy(lines, consoleKey)
    const held = last && { seq: last.seq, hash: last.hash }
    if (given === null) return { kept: held, problem: null, isDisputed: false }
    const dispute = isSigned(given, consoleKey)
      ? whyDisputed(given, last)
      : 'It is not signed by the console of this node.'
    if (dispute !== null) return { kept: held, problem: dispute, isDisputed: true }
    if (given.seq === last?.seq) return { kept: held, problem: null, isDisputed: false }
    const line = JSON.stringify(given)
    if (lines.length >= most) {
      this.lines = [...thinned(lines), line]
      await writeDurable(this.file, `${this.lines.join('\n')}\n`)
    } else {
      await appendFile(this.file, `${line}\n`, { mode: 0o600, flush: true })
      lines.push(line)
    }
    return { kept: { seq: given.seq, hash: given.hash }, problem: null, isDisputed: false }
  }

  /** A last line that a full disk or a power cut tore is none, and is written over. */
  private async read(): Promise<string[]> {
    if (this.lines !== null) return this.lines
    const text = (await readText(this.file)) ?? ''
    const lines = text.split('\n').filter((line) => parseCheckpoint(line) !== null)
    if (text !== '' && text !== `${lines.join('\n')}\n`)
      await writeDurable(this.file, lines.map((line) => `${line}\n`).join(''))
    this.lines = lines
    return lines
  }
}

function whyDisputed(given: Checkpoint, last: Checkpoint | null): string | null {
  if (last === null || given.seq > last.seq) return null
  if (given.seq < last.seq) {
    return `This node saw the audit log reach record ${last.seq}, and the console's now ends at ${given.seq}: its end was cut off, or its store was set back.`
  }
  if (given.hash === last.hash) return null
  return `This node kept another hash of the audit log at record ${last.seq} than the console now has: records were made anew.`
}

/** A node that changed consoles keeps what it held of the one before. */
function newestSignedBy(lines: readonly string[], key: KeyObject): Checkpoint | null {
  for (const line of lines.toReversed()) {
    const checkpoint = parseCheckpoint(line)
    if (checkpoint !== null && isSigned(checkpoint, key)) return checkpoint
  }
  return null
}

function isSigned(checkpoint: Checkpoint, key: KeyObject): boolean {
  return verify(null, Buffer.from(checkpointText(checkpoint)), key, Buffer.from(checkpoint.signature, 'base64'))
}

/** Every second of the older half goes: what is left still tells of every stretch. */
function thinned(lines: readonly string[]): string[] {
  return lines.filter((_, at) => at >= most / 2 || at % 2 === 0)
}
