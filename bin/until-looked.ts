import { setTimeout as sleep } from 'node:timers/promises'
import type { CommitsProgress } from '#domain/wal/wal-commits.ts'
import { isPassing } from './wait.ts'

const pollMs = 1_000

type Look = { state: 'reading'; progress: CommitsProgress | null } | { state: 'done' }
type Done<L extends Look> = Extract<L, { state: 'done' }>

/** Asks again until the archive is read, telling on stderr how far it is; what passes by itself is waited out. */
export async function untilLooked<L extends Look>(ask: () => Promise<L>): Promise<Done<L>> {
  let told = ''
  for (let failures = 0; ;) {
    try {
      const look = await ask()
      if (isDone(look)) return look
      const line = look.state === 'reading' ? progressLine(look.progress) : told
      if (line !== told) console.error(line)
      told = line
      failures = 0
    } catch (error) {
      failures += 1
      if (!isPassing(error) || failures > 30) throw error
    }
    await sleep(pollMs)
  }
}

function isDone<L extends Look>(look: L): look is Done<L> {
  return look.state === 'done'
}

function progressLine(progress: CommitsProgress | null): string {
  return progress === null
    ? 'Reading archived WAL; this may take some minutes.'
    : `${progress.read} of ${progress.total} WAL segments are read.`
}
