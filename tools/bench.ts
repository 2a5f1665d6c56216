import { detect } from './bench/detect.ts'
import { fleet } from './bench/fleet.ts'
import { page } from './bench/page.ts'
import { rest } from './bench/rest.ts'
import { switchover } from './bench/switchover.ts'
import { takeover } from './bench/takeover.ts'

const benches: Record<string, () => Promise<void>> = { detect, switchover, rest, takeover, page, fleet }

const name = process.argv[2] ?? ''
const bench = benches[name]
if (bench === undefined) {
  console.error(
    `Usage: npm run bench -- NAME, with one of: ${Object.keys(benches).join(', ')}. Needs root for the lab.`,
  )
  process.exitCode = 2
} else {
  await bench()
}
