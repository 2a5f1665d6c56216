import type { z } from 'zod'
import type { amcheckResult } from '#agent/protocol/results.ts'

/** Reads what pg_amcheck says as it comes: each fault is a line that names a place, and lines below it that say what is wrong there. */
export class AmcheckReading {
  readonly #say: (line: string) => void
  readonly #faults: string[] = []
  readonly #errors: string[] = []
  #found = 0
  #relations = 0
  #toldPercent = -1

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  take(line: string, isError: boolean): void {
    if (line.trim() === '') return
    const progress = /^\s*(\d+)\/(\d+) relations \(\s*(\d+)%\)/.exec(line)
    if (progress) return this.#progress(line, Number(progress[2]), Number(progress[3]))
    if (isError) return this.#error(line)
    // What is wrong stands below its place, further in.
    if (/^\s/.test(line)) return this.#more(line.trim())
    this.#found++
    if (this.#faults.length < mostFaults) this.#faults.push(line.trim())
  }

  end(exitCode: number | null): z.output<typeof amcheckResult> {
    const faults = this.#faults.map((fault) => fault.slice(0, 500))
    const rest = this.#found - faults.length
    if (rest > 0) faults[mostFaults - 1] = `And ${rest + 1} more faults, which are not listed.`
    // 0 = nothing is wrong, 2 = something is.
    const isThrough = exitCode === 0 || (exitCode === 2 && this.#found > 0)
    if (isThrough && this.#errors.length === 0) return { relations: this.#relations, faults, problem: null }
    const words = this.#errors.join(' ').slice(0, 600)
    const problem =
      words === ''
        ? `pg_amcheck ended with exit code ${exitCode} and said nothing.`
        : `pg_amcheck could not look: ${words}`
    return { relations: this.#relations, faults, problem }
  }

  #progress(line: string, relations: number, percent: number): void {
    this.#relations = relations
    if (percent - this.#toldPercent < 10 && percent !== 100) return
    this.#toldPercent = percent
    this.#say(line.trim())
  }

  #error(line: string): void {
    this.#say(line)
    // That a database has no amcheck is told by a warning, and put right.
    if (/error:|ERROR:|FATAL:/.test(line) && this.#errors.length < 5)
      this.#errors.push(line.replace(/^pg_amcheck: /, ''))
  }

  #more(words: string): void {
    const last = this.#faults.length - 1
    if (this.#found > mostFaults || last < 0) return
    const fault = this.#faults[last] ?? ''
    this.#faults[last] = fault.endsWith(':') ? `${fault} ${words}` : `${fault}; ${words}`
  }
}

const mostFaults = 100
