import type { z } from 'zod'
import type { HttpQuestion } from '../http-exchange.ts'
import { askHttp } from '../http.ts'
import { timeoutProblem } from '../http-problem.ts'
import { parseJson } from '../json.ts'
import { LookError } from '../look-error.ts'
import { connectToAgent } from './connect.ts'
import { readRefusal } from './refusal.ts'
import { targetOf, type AgentPlace } from './target.ts'

export interface AgentQuestion<T> {
  place: AgentPlace
  /** The only certificate that may answer; null = any, as long as both sides do not know each other yet. */
  pin: string | null
  method: 'GET' | 'POST'
  path: string
  /** JSON as it is sent; what is signed is this very text. */
  body?: string
  headers?: Record<string, string>
  answer: z.ZodType<T>
  /** For the whole exchange, connecting included. */
  timeoutMs: number
  signal?: AbortSignal | undefined
}

export interface AgentAnswer<T> {
  value: T
  /** Pin of the certificate that answered. */
  pin: string
}

/** Largest answer that is read, bytes. */
export const answerLimitBytes = 2 * 1024 * 1024

/**
 * Asks an agent over a connection of its own, whose certificate is looked at before anything is sent. Throws AgentRefusal with the
 * agent's own words, PinMismatch, or LookError that names the node and its address.
 */
export async function askAgent<T>(question: AgentQuestion<T>): Promise<AgentAnswer<T>> {
  const { place, timeoutMs, signal } = question
  const beganAt = performance.now()
  const { socket, pin } = await connectToAgent(place, { pin: question.pin, timeoutMs, signal })
  try {
    const leftMs = Math.max(1, Math.round(timeoutMs - (performance.now() - beganAt)))
    return { value: await askOver({ connection: socket }, { ...question, timeoutMs: leftMs }), pin }
  } catch (error) {
    const isLate = error instanceof LookError && error.kind === 'timeout' && signal?.aborted !== true
    // What was left for the exchange is not the time that was given.
    throw isLate ? timeoutProblem(targetOf(place), timeoutMs, { isConnected: true, hasResponse: false }) : error
  } finally {
    socket.destroy()
  }
}

/** Asks an agent over what is given, whose certificate was looked at. Throws as askAgent does. */
export async function askOver<T>(
  over: Pick<HttpQuestion, 'connection' | 'kept'>,
  { place, method, path, body, headers, answer, timeoutMs, signal }: AgentQuestion<T>,
): Promise<T> {
  const said = await askHttp({
    ...over,
    target: targetOf(place),
    url: new URL(`http://${place.address}${path}`),
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body }),
    timeoutMs,
    limitBytes: answerLimitBytes,
    signal,
  })
  if (said.status !== 200) throw readRefusal(place, said.body)
  return parseJson(said.body, answer, targetOf(place))
}
