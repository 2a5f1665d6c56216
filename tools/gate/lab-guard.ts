import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { runLogged } from './run-logged.ts'
import { nothing, type Tally } from './tally.ts'

const tsx = 'node_modules/.bin/tsx'
const labStatus = z.object({ state: z.enum(['down', 'degraded', 'up']) })

/** True when the lab ran before the tests began: then it is not theirs to take down. */
export async function isLabThere(): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(tsx, ['lab/cli.ts', 'status', '--json'], { timeout: 60_000 })
    return labStatus.parse(JSON.parse(stdout)).state !== 'down'
  } catch {
    return false
  }
}

/** Removes the lab; a lab that cannot be removed is a failure. */
export async function takeLabDown(logFolder: string): Promise<Tally> {
  const logPath = join(logFolder, 'lab-down.log')
  const code = await runLogged({ argv: [tsx, 'lab/cli.ts', 'down'], logPath, timeoutMs: 120_000 })
  return code === 0 ? nothing : { passed: 0, failed: 1 }
}
