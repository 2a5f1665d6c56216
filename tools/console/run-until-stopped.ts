import { AppError } from '#server/errors.ts'
import { LabError, UsageError } from '#lab/failure.ts'
import { onAbandoned } from './abandoned.ts'
import { Undo } from './undo.ts'

/** Starts something, waits for SIGINT or SIGTERM, undoes what was started; a failure is one sentence and exit code 1, or 2 where it could never have begun. */
export async function runUntilStopped(
  start: (undo: Undo, say: (sentence: string) => void, stopping: AbortSignal) => Promise<void>,
): Promise<void> {
  const undo = new Undo()
  const stopping = new AbortController()
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()))
  const stop = () => stopping.abort()
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  onAbandoned(stop)
  // Nobody may be reading any more.
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
  // Stopping has to wait for nothing else: without this the wait for a signal would let Node end.
  const alive = setInterval(() => {}, 60_000)
  try {
    await start(undo, say, stopping.signal)
    await stopped
    say('Stopping.')
  } catch (error) {
    if (!stopping.signal.aborted) {
      const isToldPlainly = error instanceof AppError || error instanceof LabError || error instanceof UsageError
      console.error(isToldPlainly ? error.message : error)
      process.exitCode = error instanceof UsageError ? 2 : 1
    }
  }
  await undo.run().catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
  clearInterval(alive)
  process.exit()
}

function say(sentence: string): void {
  console.log(sentence)
}
