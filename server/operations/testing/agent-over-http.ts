import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { type LocalServer, serveHttp } from '#server/adapters/testing/local-server.ts'
import { AppError } from '#server/errors.ts'
import { type AgentAccess, OldEpochError } from '../agent-access.ts'
import type { ScriptedAgent } from './scripted-agent.ts'

/** Lets worker processes of a test ask a stand-in that lives in the test's own process. */
export function serveAgent(agent: Pick<ScriptedAgent, 'answer'>): Promise<LocalServer> {
  return serveHttp((request, response) => {
    void text(request).then((body) => {
      const { args, binding } = asked.parse(JSON.parse(body))
      try {
        response.end(JSON.stringify(agent.answer((request.url ?? '').slice(1), args, binding)))
      } catch (error) {
        response.writeHead(409).end(JSON.stringify(refusalOf(error)))
      }
    })
  })
}

function refusalOf(error: unknown): { code: string; sentence: string } {
  if (error instanceof OldEpochError) return { code: 'old-epoch', sentence: error.message }
  if (error instanceof AppError) return { code: error.code, sentence: error.message }
  return { code: 'internal', sentence: String(error) }
}

/** The other side of `serveAgent`. */
export function agentAt(url: string, node: string): AgentAccess {
  return {
    node,
    async ask(verb, args, binding, signal) {
      const body = JSON.stringify({ args, binding })
      const response = await fetch(`${url}/${verb}`, { method: 'POST', body, signal }).catch((cause: unknown) => {
        throw new AppError('unreachable', `The agent on ${node} does not answer.`, { cause })
      })
      const answer: unknown = await response.json()
      if (response.ok) return answer
      const { code, sentence } = refusal.parse(answer)
      if (code === 'old-epoch') throw new OldEpochError(sentence)
      throw new AppError(code, sentence)
    },
  }
}

const asked = z.object({
  args: z.unknown(),
  binding: z.object({ operation: z.string(), step: z.string(), epoch: z.number(), planHash: z.string() }).nullable(),
})

const refusal = z.object({
  code: z.enum(['old-epoch', 'not-found', 'conflict', 'refused', 'unreachable', 'timeout', 'protocol', 'internal']),
  sentence: z.string(),
})
