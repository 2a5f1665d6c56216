import { LabError, UsageError } from '#lab/failure.ts'
import { audit } from './bench/audit.ts'
import { charts } from './bench/charts.ts'
import { collect } from './bench/collect.ts'
import { detect } from './bench/detect.ts'
import { fleet } from './bench/fleet.ts'
import { hanging } from './bench/hanging.ts'
import { history } from './bench/history.ts'
import { page } from './bench/page.ts'
import { pitr } from './bench/pitr.ts'
import { shortOfLimit } from './bench/report.ts'
import { rest } from './bench/rest.ts'
import { BenchStopped } from './bench/stopping.ts'
import { signInBench } from './bench/sign-in.ts'
import { storage } from './bench/storage.ts'
import { switchover } from './bench/switchover.ts'
import { takeover } from './bench/takeover.ts'

const benches: Record<string, (stopping: AbortSignal) => Promise<void>> = {
  detect,
  switchover,
  rest,
  takeover,
  pitr,
  page,
  fleet,
  charts,
  collect,
  storage,
  history,
  hanging,
  audit,
  'sign-in': signInBench,
}

// A bench that was stopped is left in its middle, where it would keep the process alive.
process.exit(await main(process.argv[2] ?? ''))

async function main(name: string): Promise<number> {
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined
  if (bench === undefined) {
    console.error(
      `Usage: npm run bench -- NAME, with one of: ${Object.keys(benches).join(', ')}. Needs root for the lab.`,
    )
    return 2
  }
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
  try {
    await bench(stopping.signal)
    return tellShort(shortOfLimit())
  } catch (error) {
    return tell(error, stopping.signal.aborted)
  }
}

function tellShort(lines: readonly string[]): number {
  for (const line of lines) console.error(`Not within its limit: ${line}`)
  return lines.length === 0 ? 0 : 1
}

function tell(error: unknown, isStopped: boolean): number {
  if (error instanceof UsageError) {
    console.error(error.message)
    return 2
  }
  if (error instanceof BenchStopped || isStopped) {
    console.error('The bench was stopped: what it had started is gone.')
    return 130
  }
  console.error(error instanceof LabError ? error.message : error)
  return 1
}
