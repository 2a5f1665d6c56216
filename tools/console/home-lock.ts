import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '#server/errors.ts'
import { identify, isAlive } from '#server/store/process-identity.ts'

/** Takes the folder for this process, or says who has it; returns how to give it back. */
export function lockHome(home: string): () => void {
  const path = join(home, 'console.lock')
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(identify(process.pid)), { mode: 0o600 })
  try {
    if (!link(draft, path)) {
      const holder = readHolder(path)
      if (holder && isAlive(holder)) {
        throw new AppError(
          'refused',
          `A console already runs on ${home} (process ${holder.pid}). Stop it first, or set MATRIARCH_HOME to another folder.`,
        )
      }
      // Left by a console that was killed.
      rmSync(path, { force: true })
      if (!link(draft, path)) throw new AppError('refused', `Another console is just starting on ${home}.`)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return () => rmSync(path, { force: true })
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readHolder(path: string) {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

const schema = z.object({ pid: z.number().int(), startedAt: z.string() })
