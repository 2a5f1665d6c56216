import { execFile } from 'node:child_process'
import { LabError } from './failure.ts'

export interface RunOptions {
  timeoutMs?: number
  env?: Record<string, string>
}

/** The distribution's own Python and tools, never a version manager's that the caller's PATH may hold. */
export const systemEnvironment: NodeJS.ProcessEnv = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  NODE_ENV: 'production',
}

export function run(command: readonly string[], options: RunOptions = {}): Promise<string> {
  const { timeoutMs = 20_000, env = {} } = options
  const [program = '', ...args] = command
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024, env: { ...systemEnvironment, ...env } },
      (error, stdout, stderr) => {
        if (error === null) return resolve(stdout)
        const reason = error.killed === true ? `no end after ${timeoutMs} ms` : stderr.trim() || error.message
        reject(new LabError(`${command.join(' ')} failed: ${reason}`, { cause: error }))
      },
    )
  })
}

/** Whether the command succeeds; for questions such as `iptables -C`. */
export async function succeeds(command: readonly string[]): Promise<boolean> {
  return run(command).then(
    () => true,
    () => false,
  )
}
