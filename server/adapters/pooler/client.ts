import { connect } from 'node:net'
import type { PoolerStatus } from '#domain/snapshot/readings.ts'
import { httpProblem, timeoutProblem } from '../http-problem.ts'
import { LookError } from '../look-error.ts'
import { lookupInReach, refuseOutOfReach } from '../reach/guard.ts'
import type { Target } from '../target.ts'

export interface PoolerPlace {
  host: string
  port: number
  /** Member beside which it runs. */
  who: string
  timeoutMs?: number
}

/** Opens a TCP connection to a pooler and closes it again: something listens there. Throws LookError. */
export function reachPooler(place: PoolerPlace, signal?: AbortSignal): Promise<PoolerStatus> {
  const target: Target = {
    who: `The pooler of ${place.who}`,
    system: 'the pooler',
    address: `${place.host}:${place.port}`,
  }
  const timeoutMs = place.timeoutMs ?? 3_000
  const progress = { isConnected: false, hasResponse: false }
  return new Promise((resolve, reject) => {
    refuseOutOfReach(place.host, place.port)
    const socket = connect({ host: place.host, port: place.port, lookup: lookupInReach(place.port) })
    const fail = (problem: LookError) => {
      end()
      reject(problem)
    }
    const timer = setTimeout(() => fail(timeoutProblem(target, timeoutMs, progress)), timeoutMs)
    const onAbort = () => fail(timeoutProblem(target, timeoutMs, progress))
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      socket.destroy()
    }
    signal?.addEventListener('abort', onAbort)
    if (signal?.aborted === true) onAbort()
    socket.once('connect', () => {
      end()
      resolve({ port: place.port })
    })
    socket.on('error', (error) => fail(error instanceof LookError ? error : httpProblem(error, target, progress)))
  })
}
