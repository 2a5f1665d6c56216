import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Makes the console's folder and `keys/` in it; what is in `keys/` only this user reads. */
export function prepareHome(home: string): void {
  mkdirSync(home, { recursive: true, mode: 0o711 })
  mkdirSync(join(home, 'keys'), { recursive: true, mode: 0o700 })
  chmodSync(join(home, 'keys'), 0o700)
}

/** Content of a key file; null when there is none. */
export function readKey(home: string, name: string): string | null {
  try {
    return readFileSync(join(home, 'keys', name), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Writes a key file whole or not at all. */
export function writeKey(home: string, name: string, content: string): void {
  prepareHome(home)
  const path = join(home, 'keys', name)
  writeFileSync(`${path}.new`, content, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}

/** Content of a key file, made first where there is none; of two processes that make it at once, both get the same. */
export function makeKey(home: string, name: string, make: () => string): string {
  const kept = readKey(home, name)
  if (kept !== null) return kept
  prepareHome(home)
  const path = join(home, 'keys', name)
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, make(), { mode: 0o600, flush: true })
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(path, 'utf8')
}
