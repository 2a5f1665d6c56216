import { setTimeout as sleep } from 'node:timers/promises'
import { patronictl } from '#lab/control.ts'
import { scope } from '#lab/addresses.ts'
import { labClusterName } from '../../e2e/lab-cluster.ts'
import { report } from './report.ts'
import { median, round } from './statistics.ts'
import { type WatchedLab, withWatchedLab } from './watched-lab.ts'
import { WriteProbe } from './write-probe.ts'

const pairs = 6
const restBeforeMs = 2_000
const restAfterMs = 4_000

/** The longest time without an acknowledged write through HAProxy: the console against patronictl, in turn. */
export async function switchover(stopping: AbortSignal): Promise<void> {
  await withWatchedLab(stopping, async (lab) => {
    const gaps: Record<Tool, number[]> = { console: [], patronictl: [] }
    let lost = 0
    for (let pair = 1; pair <= pairs; pair++) {
      // Who goes first changes, so that neither always meets the warmer cluster.
      const order: Tool[] = pair % 2 === 1 ? ['console', 'patronictl'] : ['patronictl', 'console']
      for (const tool of order) {
        const turn = await switchOnce(lab, tool)
        gaps[tool].push(turn.gapMs)
        lost += turn.lost
        report({ bench: 'switchover', pair, tool, ...turn })
      }
    }
    const [own, other] = [median(gaps.console), median(gaps.patronictl)]
    report({
      bench: 'switchover',
      pairs,
      consoleMedianMs: round(own),
      consoleWorstMs: Math.max(...gaps.console),
      patronictlMedianMs: round(other),
      patronictlWorstMs: Math.max(...gaps.patronictl),
      ratio: round(own / other, 3),
      lost,
    })
  })
}

type Tool = 'console' | 'patronictl'

async function switchOnce(lab: WatchedLab, tool: Tool) {
  const { leader: from, forecast } = await lab.untilHealthy()
  const to = forecast?.candidates.find(({ isFit }) => isFit)?.name
  if (from === null || to === undefined) throw new Error('Nobody could take over.')
  const probe = new WriteProbe('switchover_probe')
  await probe.start()
  try {
    await sleep(restBeforeMs)
    const startedAtMs = performance.now()
    await act[tool](lab, from, to)
    await sleep(restAfterMs)
    await lab.untilHealthy()
    const gapMs = round(probe.longestGapMs(startedAtMs, performance.now()))
    await probe.stop()
    return { from, to, gapMs, acknowledged: probe.acknowledged.length, lost: await probe.lost() }
  } finally {
    await probe.stop()
  }
}

const act: Record<Tool, (lab: WatchedLab, from: string, to: string) => Promise<void>> = {
  console: async ({ rest }, _from, to) => {
    const asked = await rest.switchOver(labClusterName, { to, reason: 'bench' })
    // Asked no more often than needed: answering takes of the same two cores that move the lead.
    const { state, outcome } = await rest.untilEnded(asked.id, 1_000)
    if (state !== 'succeeded') throw new Error(`The console's switchover ended ${state}: ${outcome ?? ''}`)
  },
  patronictl: async (_lab, from, to) => {
    const { exitCode, stderr } = await patronictl(['switchover', scope, '--leader', from, '--candidate', to, '--force'])
    if (exitCode !== 0) throw new Error(`patronictl ended with ${exitCode}: ${stderr}`)
  },
}
