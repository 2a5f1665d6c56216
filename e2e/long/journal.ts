import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { nodes } from '#lab/addresses.ts'
import { hostFolder } from '#lab/paths.ts'

/** A job as the agent of a node wrote it down. */
export interface JournalEntry {
  node: string
  step: string
  verb: string
  args: string
  /** Null = it has no end: lost, or never begun. */
  end: string | null
}

/** Verbs that must not come to pass twice in one operation with the same arguments. */
const once = ['postgres-promote', 'data-put-back', 'data-discard']

export function journalOf(operation: string): JournalEntry[] {
  return nodes.flatMap((node) => {
    const folder = join(hostFolder(node), 'agent', 'jobs')
    return readdirSync(folder)
      .filter((name) => name.startsWith(operation))
      .map((name) => {
        const job = readJson(join(folder, name, 'job.json'))
        const end = readJson(join(folder, name, 'end.json'))
        return {
          node,
          step: String(job?.['step']),
          verb: String(job?.['verb']),
          args: JSON.stringify(job?.['args']),
          end: end === null ? null : String(end['state']),
        }
      })
  })
}

/** No step had its effect twice: each is one job, and what may happen once alone succeeded once. */
export function expectOnce(operation: string): void {
  const entries = journalOf(operation)
  const jobs = entries.map(({ node, step }) => `${node} ${step}`)
  expect(new Set(jobs).size).toBe(jobs.length)
  const effects = entries
    .filter(({ verb, end }) => once.includes(verb) && end === 'succeeded')
    .map(({ node, verb, args }) => `${node} ${verb} ${args}`)
  expect(effects).toEqual([...new Set(effects)])
}

function readJson(path: string): Record<string, unknown> | null {
  try {
    const value: Record<string, unknown> = JSON.parse(readFileSync(path, 'utf8'))
    return value
  } catch {
    return null
  }
}
