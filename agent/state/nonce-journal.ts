import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { CorruptStateError } from './corrupt-state-error.ts'
import { readText } from './read-text.ts'
import { writeDurable } from '#agent/durable.ts'

/** Kept for longer than a request is valid, so that a clock set back a little makes no old one new. */
const keptSeconds = 300
const compactedAbove = 4_096

export const mostNonces = 50_000

/** Nonces of the requests that were taken, kept on the disk so that a restart of the agent forgets none. */
export class NonceJournal {
  private readonly expiries: Map<string, number>
  private readonly file: string
  private handle: FileHandle
  private lines: number
  /** So far the file is sound; behind it may be what a full disk tore, which the next write takes away. */
  private soundBytes: number
  private isTorn: boolean
  private unwritten: string[] = []
  private nextWrite: Promise<void> | null = null
  private lastWrite: Promise<void> = Promise.resolve()

  private constructor(file: string, handle: FileHandle, { expiries, lines, soundBytes, isTorn }: Parsed) {
    this.file = file
    this.handle = handle
    this.expiries = expiries
    this.lines = lines
    this.soundBytes = soundBytes
    this.isTorn = isTorn
  }

  /**
   * Opens the journal in this folder; `mustExist` when one was begun, so that its loss is noticed. The file of one that was begun
   * stays as it is until a nonce is added: another process may be writing it.
   */
  static async open(folder: string, options: { mustExist: boolean; nowSeconds: number }): Promise<NonceJournal> {
    const file = join(folder, 'nonces.log')
    const text = await readText(file)
    if (text === null && options.mustExist) throw new CorruptStateError(file, 'is gone')
    const parsed = parse(text ?? '', file)
    forgetBefore(parsed.expiries, options.nowSeconds - keptSeconds)
    if (text === null) await writeDurable(file, '')
    return new NonceJournal(file, await open(file, 'a', 0o600), parsed)
  }

  has(nonce: string): boolean {
    return this.expiries.has(nonce)
  }

  get size(): number {
    return this.expiries.size
  }

  /** True when no more can be taken, what expired being forgotten. */
  isFull(nowSeconds: number): boolean {
    if (this.expiries.size >= mostNonces) forgetBefore(this.expiries, nowSeconds - keptSeconds)
    return this.expiries.size >= mostNonces
  }

  /** Resolves once the nonce is on the disk; from the call on it counts as seen. Those that come together are written together. */
  add(nonce: string, times: { expires: number; nowSeconds: number }): Promise<void> {
    this.expiries.set(nonce, times.expires)
    this.unwritten.push(lineOf(nonce, times.expires))
    this.nextWrite ??= this.lastWrite.then(() => this.write(times.nowSeconds))
    return this.nextWrite
  }

  async close(): Promise<void> {
    await this.nextWrite?.catch(() => undefined)
    await this.lastWrite
    await this.handle.close()
  }

  private async write(nowSeconds: number): Promise<void> {
    const written = this.appendOrCompact(nowSeconds, this.unwritten.splice(0))
    this.nextWrite = null
    this.lastWrite = written.catch(() => undefined)
    await written
  }

  private async appendOrCompact(nowSeconds: number, lines: string[]): Promise<void> {
    if (this.lines >= compactedAbove) forgetBefore(this.expiries, nowSeconds - keptSeconds)
    if (this.lines >= compactedAbove && this.expiries.size < this.lines / 2) return this.compact()
    if (this.isTorn) await this.handle.truncate(this.soundBytes)
    const text = lines.join('')
    this.isTorn = true
    await this.handle.appendFile(text)
    await this.handle.datasync()
    this.isTorn = false
    this.soundBytes += text.length
    this.lines += lines.length
  }

  private async compact(): Promise<void> {
    const size = this.expiries.size
    const text = textOf(this.expiries)
    await writeDurable(this.file, text)
    const old = this.handle
    this.handle = await open(this.file, 'a', 0o600)
    this.lines = size
    this.soundBytes = text.length
    this.isTorn = false
    await old.close()
  }
}

interface Parsed {
  expiries: Map<string, number>
  lines: number
  soundBytes: number
  isTorn: boolean
}

/** A last line without its end was never confirmed to anyone: its request was not taken. */
function parse(text: string, file: string): Parsed {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const expiries = new Map<string, number>()
  const lines = whole.split('\n').slice(0, -1)
  for (const line of lines) {
    const [, expires, nonce] = /^(\d{1,12}) ([A-Za-z0-9_-]{22})$/.exec(line) ?? []
    if (expires === undefined || nonce === undefined) throw new CorruptStateError(file, 'is damaged')
    expiries.set(nonce, Number(expires))
  }
  // Sound lines have no letter of more than one byte.
  return { expiries, lines: lines.length, soundBytes: whole.length, isTorn: whole.length < text.length }
}

function forgetBefore(expiries: Map<string, number>, seconds: number): void {
  for (const [nonce, expires] of expiries) if (expires < seconds) expiries.delete(nonce)
}

function textOf(expiries: Map<string, number>): string {
  return [...expiries].map(([nonce, expires]) => lineOf(nonce, expires)).join('')
}

function lineOf(nonce: string, expires: number): string {
  return `${expires} ${nonce}\n`
}
