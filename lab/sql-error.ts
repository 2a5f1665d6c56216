import pg from 'pg'
import { LabError, UsageError } from './failure.ts'
import { hostNamed } from './names.ts'

/** Why a statement has no answer, in one sentence for whoever typed it. */
export function sqlError(name: string, error: unknown): LabError | UsageError {
  if (error instanceof LabError || error instanceof UsageError) return error
  const host = hostNamed(name)
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof pg.DatabaseError) {
    const where = host === 'haproxy' ? 'behind haproxy' : `on ${host}`
    return new LabError(`Postgres ${where} refused the statement: ${reason}`, { cause: error })
  }
  return new LabError(`${host} does not take the statement: ${reason}. See: npm run lab -- status`, { cause: error })
}
