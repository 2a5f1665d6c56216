import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect } from 'vitest'
import { notesFile } from './notes-file.ts'

/** What a case came to, beyond passed or failed. */
export interface CaseNote {
  outcome: string
  writableAfterMs: number | null
  steps: string[]
}

export function noteCase(note: CaseNote): void {
  mkdirSync(dirname(notesFile), { recursive: true })
  appendFileSync(notesFile, `${JSON.stringify({ name: expect.getState().currentTestName, ...note })}\n`)
}
