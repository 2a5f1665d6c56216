import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Notes in a console's folder that a test on it failed: the tests run in other processes than whoever removes it. */
export function markFailed(home: string): void {
  writeFileSync(join(home, 'a-test-failed'), '')
}

export function hasFailed(home: string): boolean {
  return existsSync(join(home, 'a-test-failed'))
}
