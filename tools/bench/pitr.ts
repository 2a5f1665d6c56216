import { setTimeout as sleep } from 'node:timers/promises'
import { query } from '#lab/postgres.ts'
import { isBackupResult, type Operation } from '#domain/operation/operation.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import { enrolAgents } from '../../e2e/enrol-agents.ts'
import { labClusterName } from '../../e2e/lab-cluster.ts'
import { until } from '../../e2e/until.ts'
import { dropBallast, loadBallast } from './ballast.ts'
import { type HandWish, rebuildByHand, recoverByHand } from './pitr-by-hand.ts'
import { report } from './report.ts'
import { median, round } from './statistics.ts'
import { type WatchedLab, withWatchedLab } from './watched-lab.ts'
import { type AcknowledgedWrite, WriteProbe } from './write-probe.ts'

/** Of a database that holds next to nothing, where the programs' own starts are all there is, and of a small one. */
const sizesMiB = [0, 1_024]
const pairs = 3
const limit = 1.3
const table = 'pitr_probe'
const repository = 1
const aroundTargetMs = 3_000
/** Commit and acknowledgement of a write are this far apart at most: nearer to the target nothing is asserted. */
const blurMs = 200

/** What a console does beside them: looks, keeps Patroni masked and clients out, shows what was recovered, and lets clients in. */
const besideThem = ['preflight', 'archive-works', 'mask', 'fence', 'inspect', 'decide', 'release']

/**
 * From the wish to the first acknowledged write through HAProxy, back at the target: the console against an expert's script, in turn,
 * on the same lab with the same backup and target. The console's recovery is the one that asks nothing.
 */
export async function pitr(stopping: AbortSignal): Promise<void> {
  await withWatchedLab(stopping, async (lab) => {
    await enrolAgents(lab.rest)
    try {
      for (const sizeMiB of sizesMiB) await compare(lab, sizeMiB)
    } finally {
      await dropBallast()
    }
  })
}

async function compare(lab: WatchedLab, sizeMiB: number): Promise<void> {
  await lab.untilHealthy()
  await loadBallast(sizeMiB)
  const took: Record<Side, Turn[]> = { console: [], byHand: [] }
  let wrong = 0
  // After so much was written, whoever goes first pays for what the machine still has to write.
  if (sizeMiB > 0) report({ bench: 'pitr', sizeMiB, pair: 0, side: 'byHand', ...(await recoverOnce(lab, 'byHand')) })
  for (let pair = 1; pair <= pairs; pair++) {
    // Who goes first changes, so that neither always meets the warmer machine.
    const order: Side[] = pair % 2 === 1 ? ['byHand', 'console'] : ['console', 'byHand']
    for (const side of order) {
      const turn = await recoverOnce(lab, side)
      took[side].push(turn)
      wrong += turn.wrong
      report({ bench: 'pitr', sizeMiB, pair, side, ...turn })
    }
  }
  const medianOf = (side: Side, part: Measure) => median(took[side].map((turn) => turn[part]))
  const ratio = round(medianOf('console', 'untilWritableMs') / medianOf('byHand', 'untilWritableMs'), 3)
  report({
    bench: 'pitr',
    sizeMiB,
    pairs,
    consoleMedianMs: round(medianOf('console', 'untilWritableMs')),
    byHandMedianMs: round(medianOf('byHand', 'untilWritableMs')),
    consoleOutageMs: round(medianOf('console', 'outageMs')),
    byHandOutageMs: round(medianOf('byHand', 'outageMs')),
    ratio,
    ratioOfSameSteps: round(medianOf('console', 'sameStepsMs') / medianOf('byHand', 'sameStepsMs'), 3),
    limit,
    isWithin: ratio <= limit,
    wrong,
  })
  if (wrong > 0) throw new Error(`${wrong} rows were not as the target says.`)
}

type Side = 'console' | 'byHand'

type Measure = 'untilWritableMs' | 'outageMs' | 'sameStepsMs'

interface Turn {
  untilWritableMs: number
  outageMs: number
  /** What both sides do up to the first write. */
  sameStepsMs: number
  /** Rows that are not as the target says. */
  wrong: number
}

async function recoverOnce(lab: WatchedLab, side: Side): Promise<Turn & Record<string, unknown>> {
  await lab.untilHealthy()
  const backup = await lab.rest.takeBackup(labClusterName, { type: 'full', repository, reason: 'bench' })
  const { state, outcome, result } = await lab.rest.untilLongEnded(backup.id)
  if (result === null || !isBackupResult(result)) throw new Error(`The backup ended ${state}: ${outcome ?? ''}`)
  const probe = new WriteProbe(table)
  await probe.start()
  try {
    await sleep(aroundTargetMs)
    const [at, targetMs] = [new Date(), performance.now()]
    await sleep(aroundTargetMs)
    const plan = await untilPlanned(lab, at, result.label)
    const startedMs = performance.now()
    const { operation, phases } = await act[side](lab, plan, at)
    await until({ what: 'writes go on', timeoutMs: 60_000 }, async () => {
      return (probe.acknowledged.at(-1)?.atMs ?? 0) > performance.now() - 1_000
    })
    await probe.stop()
    if (side === 'byHand') await rebuildByHand(plan.node)
    await lab.untilHealthy()
    if (operation !== null) await letGo(lab, operation)
    const { gapMs, endsMs } = longestGap(probe.acknowledged, startedMs)
    return {
      node: plan.node,
      set: plan.set,
      repository: plan.repository,
      untilWritableMs: round(endsMs - startedMs),
      outageMs: round(gapMs),
      sameStepsMs: sameStepsMs(phases),
      wrong: await wrongRows(probe.acknowledged, targetMs, startedMs),
      phases,
    }
  } finally {
    await probe.stop()
  }
}

/** The plan that the console makes; the script gets its backup and its timeline as well. */
async function untilPlanned({ rest }: WatchedLab, at: Date, set: string): Promise<RestorePlan> {
  return until({ what: 'the recovery can be planned', timeoutMs: 60_000, everyMs: 500 }, async () => {
    const target = { type: 'time', at, timeline: null } as const
    const plan = await rest.planRestore(labClusterName, { target })
    if (plan.blockers.length > 0) throw new Error(plan.blockers.join(' '))
    return plan.set === set ? plan : null
  })
}

interface Acted {
  /** Null = no operation of the console. */
  operation: Operation | null
  phases: Record<string, number>
}

const act: Record<Side, (lab: WatchedLab, plan: RestorePlan, at: Date) => Promise<Acted>> = {
  async console({ rest }, _plan, at) {
    const target = { type: 'time', at, timeline: null } as const
    const asked = await rest.restore(labClusterName, { target, repository, reason: 'bench', commitsAlone: true })
    // Asked no more often than needed: answering takes of the same cores that recover.
    const ended = await rest.untilLongEnded(asked.id)
    if (ended.state !== 'succeeded') throw new Error(`The recovery ended ${ended.state}: ${ended.outcome ?? ''}`)
    return { operation: ended, phases: phasesOf(ended) }
  },
  async byHand(_lab, { leader, set, repository, targetTimeline: timeline }, at) {
    const wish: HandWish = { leader, set, repository, timeline, at }
    return { operation: null, phases: await recoverByHand(wish) }
  },
}

/** Of the steps before clients are let in, in the order in which they were gone through. */
function sameStepsMs(phases: Record<string, number>): number {
  const names = Object.keys(phases)
  const last = names.indexOf('release')
  return names
    .slice(0, last === -1 ? names.length : last)
    .filter((name) => !besideThem.includes(name))
    .reduce((sum, name) => sum + (phases[name] ?? 0), 0)
}

function phasesOf({ steps }: Operation): Record<string, number> {
  return Object.fromEntries(
    steps.flatMap(({ name, startedAt, endedAt }) =>
      startedAt && endedAt ? [[name, endedAt.getTime() - startedAt.getTime()]] : [],
    ),
  )
}

/** What a recovery keeps of the old data would fill the machine, turn after turn. */
async function letGo({ rest }: WatchedLab, { id }: Operation): Promise<void> {
  const released = await rest.release(id, { confirmName: labClusterName, reason: 'bench' })
  const { state, outcome } = await rest.untilLongEnded(released.id)
  if (state !== 'succeeded') throw new Error(`The old data was not let go: ${outcome ?? state}`)
}

/** The longest time without an acknowledged write that ended after the given moment. */
function longestGap(writes: readonly AcknowledgedWrite[], fromMs: number): { gapMs: number; endsMs: number } {
  let longest = { gapMs: 0, endsMs: fromMs }
  for (const [index, { atMs }] of writes.entries()) {
    const gapMs = atMs - (writes[index - 1]?.atMs ?? atMs)
    if (atMs > fromMs && gapMs > longest.gapMs) longest = { gapMs, endsMs: atMs }
  }
  return longest
}

/** Rows from before the target that are gone, and rows from after it that are still there. */
async function wrongRows(writes: readonly AcknowledgedWrite[], targetMs: number, startedMs: number): Promise<number> {
  const rows = await query({ host: 'haproxy', role: 'app', statement: `select id from ${table}` })
  const kept = new Set(rows.map(({ id }) => Number(id)))
  const lost = writes.filter(({ id, atMs }) => atMs < targetMs - blurMs && !kept.has(id))
  const back = writes.filter(({ id, atMs }) => atMs > targetMs + blurMs && atMs < startedMs && kept.has(id))
  return lost.length + back.length
}
