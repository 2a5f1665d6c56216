import { createHash } from 'node:crypto'

/** The folder that a recovery's own data is set aside in when it is given up: another than the old data's, and the same whenever it is asked for. */
export function attemptName(operation: string): string {
  const hex = createHash('sha256').update(`recovered by ${operation}`).digest('hex')
  // Version and variant of a UUID whose bits mean nothing else.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
