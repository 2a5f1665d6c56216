import type { z } from 'zod'
import { vetoedVerbs } from '#agent/config/veto-families.ts'
import { drawCounter } from '#agent/guard/draw-counter.ts'
import { takeRefusedToken } from '#agent/enrol/refused-token.ts'
import { parseBody } from '#agent/guard/parse-body.ts'
import type { Checkpoint } from '#domain/audit-chain/checkpoint.ts'
import type { CheckpointStand } from '#agent/state/checkpoint-file.ts'
import { foreignToken, statusRequest, type statusAnswer } from '#agent/protocol/status.ts'
import type { Verbs } from '#agent/verbs/verbs.ts'
import { agentVersion } from '#agent/version.ts'
import { authentic } from './authentic.ts'
import { roomBeside } from '#agent/verbs/room-beside.ts'
import type { App } from './app.ts'
import type { AgentParts } from './parts.ts'
import { RoomLook } from './room-look.ts'

/** `POST /v1/status`: how the agent is, and whether there is only one of it. */
export function addStatusRoute(app: App, parts: AgentParts, verbs: Verbs): void {
  const vetoed = vetoedVerbs(parts.config.vetoed)
  const room = new RoomLook(() => roomBeside(parts.config.postgres.dataFolder))
  app.post('/v1/status', async (request): Promise<z.output<typeof statusAnswer>> => {
    const { body } = await authentic(request, parts)
    const given = parseBody(statusRequest, body, 'bad-request')
    const counter = await drawCounter(parts.state, given.counter, parts.clock())
    await recordRefusedToken(parts)
    const checkpoints = await keepCheckpoint(parts, given.checkpoint ?? null)
    // Room is of what lies on the node as much as data-kept is: who forbids to look there is not told of it.
    const freeBytes = vetoed.includes('data-kept') ? null : await room.freeBytes()
    return {
      agentId: parts.keys.agentId,
      node: parts.config.node,
      version: agentVersion,
      startedAt: parts.startedAt.toISOString(),
      counter,
      clock: Math.round(parts.clock()) / 1_000,
      stanza: parts.config.pgbackrest.stanza,
      vetoed,
      running: verbs.running(),
      waitsWith: await parts.host.waitsWith(),
      freeBytes,
      checkpoints,
      refusals: [...parts.refusals.newest],
    }
  })
}

/** A disk that is full is no reason not to tell how the agent is. */
async function keepCheckpoint({ checkpoints, state }: AgentParts, given: Checkpoint | null): Promise<CheckpointStand> {
  const { enrolled } = state
  if (enrolled === null) return { kept: null, problem: null, isDisputed: false }
  return checkpoints.keep(given, enrolled.workerKey).catch((error: unknown): CheckpointStand => {
    const problem = `It could not be written on this node: ${String(error).slice(0, 300)}.`
    return { kept: null, problem, isDisputed: false }
  })
}

/** What `enroll` did not take is told with what was refused over the line, as of now: the console has heard all before. */
async function recordRefusedToken({ config, refusals, clock, log }: AgentParts): Promise<void> {
  const sentence = await takeRefusedToken(config.stateFolder).catch((error: unknown) => {
    log.warn({ error }, 'whether enroll refused a token cannot be read')
    return null
  })
  if (sentence === null) return
  const at = new Date(clock()).toISOString()
  refusals.record({ at, code: foreignToken, sentence }, { from: config.node, path: 'enroll' })
}
