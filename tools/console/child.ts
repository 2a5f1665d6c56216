import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { RotatingLog } from './rotating-log.ts'

export interface ChildPlan {
  /** As told to a person: "The worker". */
  name: string
  /** What Node runs. */
  args: string[]
  env: NodeJS.ProcessEnv
  cwd: string
  logFile: string
  say: (sentence: string) => void
}

export interface Child {
  stop: () => Promise<void>
}

/** Runs a Node program and starts it again whenever it ends, until it is told to stop. */
export function keepChild(plan: ChildPlan): Child {
  const log = new RotatingLog(plan.logFile)
  const stopping = new AbortController()
  let current: ChildProcess | null = null
  const loop = async () => {
    for (let quickEnds = 0; !stopping.signal.aborted;) {
      const startedAt = Date.now()
      current = start(plan, log)
      const how = await end(current)
      if (stopping.signal.aborted) return
      quickEnds = Date.now() - startedAt > 60_000 ? 0 : quickEnds + 1
      const pauseMs = Math.min(100 * 2 ** quickEnds, 10_000)
      plan.say(`${plan.name} has ended (${how}) and is started again; its log is ${plan.logFile}.`)
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const running = loop()
  return {
    async stop() {
      stopping.abort()
      current?.kill('SIGTERM')
      const impatience = setTimeout(() => current?.kill('SIGKILL'), 15_000)
      await running
      clearTimeout(impatience)
    },
  }
}

function start(plan: ChildPlan, log: RotatingLog): ChildProcess {
  const child = spawn(process.execPath, plan.args, {
    cwd: plan.cwd,
    env: plan.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A Ctrl-C at the terminal is for the supervisor, which stops its children in order.
    detached: true,
  })
  child.stdout?.on('data', (chunk: Buffer) => log.write(chunk))
  child.stderr?.on('data', (chunk: Buffer) => log.write(chunk))
  return child
}

function end(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
}
