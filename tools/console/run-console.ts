import { readConsoleEnv } from '#server/env.ts'
import { startConsole } from './console.ts'
import { runUntilStopped } from './run-until-stopped.ts'

/** Runs the console alone until it is told to stop. */
export async function runConsole(): Promise<void> {
  await runUntilStopped(async (undo, say, stopping) => {
    const env = readConsoleEnv()
    say(`Matriarch is starting; it keeps what it knows in ${env.home}.`)
    const running = await startConsole(env, say, stopping)
    undo.add(running.stop)
    say(`Matriarch runs at ${running.url}`)
  })
}
