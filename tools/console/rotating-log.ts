import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** A log file that is put aside as `.1` when it has grown to its limit. */
export class RotatingLog {
  readonly #path: string
  readonly #limitBytes: number
  #file: number
  #size: number

  constructor(path: string, limitBytes = 10 * 1024 * 1024) {
    this.#path = path
    this.#limitBytes = limitBytes
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    this.#file = openSync(path, 'a', 0o600)
    this.#size = fstatSync(this.#file).size
  }

  write(chunk: Buffer): void {
    if (this.#size + chunk.length > this.#limitBytes) this.#rotate()
    this.#size += chunk.length
    writeSync(this.#file, chunk)
  }

  #rotate(): void {
    closeSync(this.#file)
    renameSync(this.#path, `${this.#path}.1`)
    this.#file = openSync(this.#path, 'a', 0o600)
    this.#size = 0
  }
}
