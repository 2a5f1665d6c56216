import { join } from 'node:path'
import { readConsoleEnv, readOidcEnv, readWebEnv } from '#server/env.ts'
import { AppError } from '#server/errors.ts'
import { ensureBuilt } from '../console/built.ts'
import { root } from '../console/root.ts'

const stopping = new AbortController()
const stop = () => stopping.abort()
process.once('SIGINT', stop).once('SIGTERM', stop)

try {
  // What is missing is said before a minute of building.
  readWebEnv()
  readConsoleEnv()
  readOidcEnv()
  await ensureBuilt(join(root, '.state'), (sentence) => console.log(sentence), stopping.signal)
} catch (error) {
  if (!stopping.signal.aborted) console.error(error instanceof AppError ? error.message : error)
  process.exit(1)
}
process.off('SIGINT', stop).off('SIGTERM', stop)
await import('../web.ts')
