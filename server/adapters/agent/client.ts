import type { z } from 'zod'
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
  const { place, method, path, body, timeoutMs, signal } = question
  const beganAt = performance.now()
  const { socket, pin } = await connectToAgent(place, { pin: question.pin, timeoutMs, signal })
  try {
    const answer = await askHttp({
      target: targetOf(place),
      url: new URL(`http://${place.address}${path}`),
      method,
      connection: socket,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...question.headers },
      ...(body === undefined ? {} : { body }),
      timeoutMs: Math.max(1, Math.round(timeoutMs - (performance.now() - beganAt))),
      limitBytes: answerLimitBytes,
      signal,
    })
    if (answer.status !== 200) throw readRefusal(place, answer.body)
    return { value: parseJson(answer.body, question.answer, targetOf(place)), pin }
  } catch (error) {
    const isLate = error instanceof LookError && error.kind === 'timeout' && signal?.aborted !== true
    // What was left for the exchange is not the time that was given.
    throw isLate ? timeoutProblem(targetOf(place), timeoutMs, { isConnected: true, hasResponse: false }) : error
  } finally {
    socket.destroy()
  }
}
