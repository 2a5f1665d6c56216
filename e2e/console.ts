import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '#tools/testing/ports.ts'
import { descendantsOf, isAlive } from './processes.ts'
import { until } from './until.ts'

export interface RunningConsole {
  url: string
  home: string
  pid: number
  admin: { email: string; password: string }
  /** Bearer token of an administrator for the REST interface. */
  token: string
  /** Its folder goes with it, unless something failed whose reason may stand in its logs. */
  stop: (wish: { keepHome: boolean }) => Promise<void>
}

const project = fileURLToPath(new URL('..', import.meta.url))
const preloads = ['--import', 'tsx', '--import', join(project, 'tools/console/end-with-parent.ts')]

/** A console of its own: the supervisor with web, worker and embedded store in a folder. It ends with this process. */
export async function startConsole(
  wish: { port?: number; told?: Record<string, string> } = {},
): Promise<RunningConsole> {
  const home = mkdtempSync(join(tmpdir(), 'matriarch-console-'))
  const port = wish.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const admin = { email: 'admin@matriarch.local', password: 'a-password-for-tests-only' }
  const environment = { ...environmentOf(home, port, admin.password), ...wish.told }
  const child = spawn(process.execPath, [...preloads, 'tools/start.ts'], {
    cwd: project,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C at the terminal reaches the tests, which then stop the console in good order.
    detached: true,
  })
  const log = createWriteStream(join(home, 'console.log'))
  child.stdout?.pipe(log)
  child.stderr?.pipe(log)
  const pid = child.pid
  if (pid === undefined) throw new Error('The console did not start: node_modules is missing.')
  try {
    await until({ what: `the console answers (log in ${home})`, timeoutMs: 180_000 }, async () => {
      if (child.exitCode !== null) throw new Error(`It ended with exit code ${child.exitCode}.`)
      return (await fetch(`${url}/api/ready`, { signal: AbortSignal.timeout(2000) })).ok
    })
    const token = await createToken(environment)
    return {
      url,
      home,
      pid,
      admin,
      token,
      async stop({ keepHome }) {
        await stopProcess(child, pid)
        if (keepHome) console.error(`The console's folder is kept, its logs in it: ${home}`)
        else rmSync(home, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await stopProcess(child, pid)
    throw error
  }
}

function environmentOf(home: string, port: number, password: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    NODE_ENV: 'production',
    MATRIARCH_HOME: home,
    MATRIARCH_ADMIN_PASSWORD: password,
    PORT: String(port),
    MATRIARCH_DEBUG_KILL_FILE: killFileOf(home),
    // Receivers of notifications are on this machine.
    MATRIARCH_REACH: 'private, public, 127.0.0.0/8',
  }
}

/** The file in which a test names the point at which the worker is to die next, such as `restore:after-intent`. */
export function killFileOf(home: string): string {
  return join(home, 'kill-at')
}

async function createToken(environment: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)(
    join(project, 'bin/matriarch'),
    ['tokens', 'create', '--name', 'tests', '--role', 'admin'],
    { cwd: project, env: environment, timeout: 120_000 },
  )
  return stdout.trim()
}

/** The web process below this supervisor; null while there is none. */
export function webPidOf(pid: number): number | null {
  return descendantsOf(pid).find(({ command }) => command.includes('tools/web.ts'))?.pid ?? null
}

/** The worker's process below this supervisor; null while there is none. */
export function workerPidOf(pid: number): number | null {
  return descendantsOf(pid).find(({ command }) => command.includes('.next/worker/worker.mjs'))?.pid ?? null
}

/** SIGTERM and, for what is left of it after 20 s, SIGKILL by process id. */
async function stopProcess(child: ChildProcess, pid: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const family = descendantsOf(pid)
  child.kill('SIGTERM')
  const ended = await Promise.race([
    once(child, 'exit').then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 20_000)),
  ])
  if (!ended) child.kill('SIGKILL')
  for (const left of family) if (isAlive(left.pid)) process.kill(left.pid, 'SIGKILL')
  if (!ended) throw new Error('The console did not stop within 20 s of SIGTERM.')
}
