import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { hostname } from 'node:os'
import type { Checkpoint } from '#domain/audit-chain/checkpoint.ts'
import { syslogLine } from '#domain/audit-chain/syslog-line.ts'
import { askHttp } from '../http.ts'
import { addressesInReach, lookupInReach, refuseOutOfReach } from '../reach/guard.ts'
import { addressOf } from '../target.ts'
import type { WitnessAddress } from '#domain/audit-chain/witness-address.ts'

const withinMs = 5_000

/** Sends a checkpoint to be kept elsewhere; throws Error with a sentence where that is not known to have arrived (UDP: to have left). */
export async function sendCheckpoint({ kind, name, url }: WitnessAddress, checkpoint: Checkpoint): Promise<void> {
  try {
    if (kind === 'webhook') await post(url, checkpoint)
    else await (kind === 'syslog-tcp' ? overTcp : overUdp)(url, syslogLine(checkpoint, hostname()))
  } catch (cause) {
    throw new Error(`${name} did not take the checkpoint: ${reasonOf(cause).replace(/\.$/, '')}.`, { cause })
  }
}

async function post(url: URL, checkpoint: Checkpoint): Promise<void> {
  const address = new URL(url)
  address.username = ''
  address.password = ''
  const user = decodeURIComponent(url.username)
  const { status } = await askHttp({
    target: { who: url.host, system: 'the witness', address: addressOf(url) },
    url: address,
    method: 'POST',
    headers: { 'user-agent': 'Matriarch', 'content-type': 'application/json' },
    body: JSON.stringify(checkpoint),
    basic: user === '' ? null : { user, password: decodeURIComponent(url.password) },
    timeoutMs: withinMs,
    limitBytes: 64 * 1024,
  })
  if (status < 200 || status > 299) throw new Error(`it answered with status ${status}`)
}

/** Framed by its length (RFC 6587), so that a line feed in it could not begin another. */
async function overTcp(url: URL, line: string): Promise<void> {
  const [host, port] = [bare(url), Number(url.port)]
  refuseOutOfReach(host, port)
  const socket = connect({ host, port, lookup: lookupInReach(port) })
  const timer = setTimeout(() => socket.destroy(new Error(`no answer within ${withinMs / 1_000} s`)), withinMs)
  try {
    await once(socket, 'connect')
    socket.end(`${Buffer.byteLength(line)} ${line}`)
    await once(socket, 'finish')
  } finally {
    clearTimeout(timer)
    socket.destroySoon()
  }
}

async function overUdp(url: URL, line: string): Promise<void> {
  const port = Number(url.port)
  const [found] = await addressesInReach(bare(url), port)
  if (!found) throw new Error('its name has no address')
  const socket = createSocket(found.family === 6 ? 'udp6' : 'udp4')
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.send(line, port, found.address, (error) => (error === null ? resolve() : reject(error)))
    })
  } finally {
    socket.close()
  }
}

function bare({ hostname: host }: URL): string {
  return host.replace(/^\[|\]$/g, '')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message
}
