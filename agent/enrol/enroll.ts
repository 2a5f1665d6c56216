import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { type Keys, makeKeys, openKeys } from '#agent/keys/keys.ts'
import type { Log } from '#agent/log.ts'
import { type InvitationToken, invitationLifeMs, keyIdOf, readToken } from '#agent/protocol/enrolment.ts'
import { type RunningAgent, startAgent } from '#agent/server/start-agent.ts'
import { readEnrolment, removeEnrolment } from '#agent/state/enrolment.ts'
import { prepareStateFolder } from '#agent/state/state-folder.ts'
import { isHeldByThisAgent, isPortTaken } from './own-port.ts'
import { leaveRefusedToken } from './refused-token.ts'
import { type Pending, readPending, removePending, writePending } from './pending.ts'

export interface EnrollOptions {
  config: AgentConfig
  token: string
  /** The token may be that of another console than the one this agent obeys. */
  isNewConsole: boolean
  log: Log
  clock: () => number
  /** Tells the person who waits. */
  say: (sentence: string) => void
  signal: AbortSignal
}

/** `matriarch-agent enroll`: waits until the console has come with this token's key. Answers the exit code. */
export async function enroll(options: EnrollOptions): Promise<number> {
  const { config, clock, say } = options
  const folder = config.stateFolder
  const token = readToken(options.token)
  if (!token) {
    say('This is no token. Copy the whole line that the console shows, beginning with mta_.')
    return 2
  }
  await prepareStateFolder(folder)
  if ((await readEnrolment(folder))?.locked && (await isPortTaken(config.listen))) {
    say(
      'This agent is locked and needs new keys. Stop its service (systemctl stop matriarch-agent), then enroll again.',
    )
    return 1
  }
  if (!options.isNewConsole && (await obeysAnother(folder, token))) {
    say(
      'This agent obeys a console with another key than the one that made this token. If the new console is to take its place, enroll again with --new-console.',
    )
    await leaveRefusedToken(folder, 'matriarch-agent enroll was called with a token of another console.')
    return 3
  }
  const keys = await keysFor(config)
  const pending = pendingOf(token, clock())
  await writePending(folder, pending)
  const server = await startUnlessServed(options, keys)
  try {
    if (!server && !(await isHeldByThisAgent(config.listen, keys))) {
      say(
        `Port ${config.listen.port} is held by another program, or the agent there was not restarted since its keys changed.`,
      )
      return 1
    }
    say(`Waiting for the console to come to ${config.listen.host}:${config.listen.port}, until ${pending.expiresAt}.`)
    const outcome = await follow(options, pending)
    if (outcome === 0 && server) say('Start the agent now: systemctl start matriarch-agent')
    return outcome
  } finally {
    await server?.stop()
    await forgetUnlessConfirmed(folder, pending)
  }
}

async function follow(
  { config, clock, say, signal }: EnrollOptions,
  { invitationId, expiresAt }: Pending,
): Promise<number> {
  let hasSeenAnother = false
  while (!signal.aborted && clock() < Date.parse(expiresAt)) {
    const pending = await readPending(config.stateFolder)
    hasSeenAnother ||= pending?.hasSeenAnother ?? false
    if (pending && pending.invitationId !== invitationId) {
      say('Another enroll was begun on this node; this one gave way to it.')
      return 1
    }
    if (pending?.outcome?.kind === 'confirmed') {
      say(pending.outcome.sentence)
      return 0
    }
    if (pending?.outcome?.kind === 'refused') {
      say(`The console refused: ${printable(pending.outcome.sentence)}`)
      return 3
    }
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined)
  }
  if (signal.aborted) say('Stopped before the console came; nothing was changed.')
  else say(hasSeenAnother ? anotherCame : nobodyCame)
  return 1
}

/** Keys that were copied are worth nothing: what is locked gets new ones. All others are kept, and their enrolment with them. */
async function keysFor({ stateFolder, node }: AgentConfig): Promise<Keys> {
  const enrolment = await readEnrolment(stateFolder)
  if (!enrolment?.locked) return openKeys(stateFolder, node)
  const keys = await makeKeys(stateFolder, node)
  await removeEnrolment(stateFolder)
  return keys
}

/** A locked agent obeys nobody any more. */
async function obeysAnother(folder: string, { workerKeyId }: InvitationToken): Promise<boolean> {
  const enrolment = await readEnrolment(folder)
  if (!enrolment || enrolment.locked) return false
  return keyIdOf(Buffer.from(enrolment.workerKey, 'base64')) !== workerKeyId
}

async function startUnlessServed({ config, log, clock }: EnrollOptions, keys: Keys): Promise<RunningAgent | null> {
  try {
    return await startAgent({ config, keys, verbs: null, log, clock })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null
    throw error
  }
}

/** A confirmed one stays until it expires: the answer may have been lost, and the console asks again. */
async function forgetUnlessConfirmed(folder: string, { invitationId }: Pending): Promise<void> {
  const left = await readPending(folder).catch(() => null)
  if (left?.invitationId === invitationId && left.outcome?.kind !== 'confirmed') await removePending(folder)
}

function pendingOf({ invitationId, secret, workerKeyId }: InvitationToken, nowMs: number): Pending {
  const expiresAt = new Date(nowMs + invitationLifeMs).toISOString()
  return { invitationId, secret, workerKeyId, expiresAt, outcome: null }
}

/** What came over the line must not steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, ' ')
}

const lookEveryMs = 250

// A token says neither when it was made nor where: what can be told is who came.
const anotherCame =
  'A console came, but not the one that made this token, so it was not heard. Make a new token in the console that looks after this node.'
const nobodyCame =
  'No console came within a quarter of an hour. Either it does not reach this node, or this token is of a console that does not look after it. Make a new token in the console that does; its Agents page says what it finds here.'
