import { KeptConnectionLost } from '../http-exchange.ts'
import { LookError } from '../look-error.ts'
import { askAgent, askOver, type AgentQuestion } from './client.ts'
import { keptConnectionsTo, type KeptPlace } from './kept-connections.ts'
import { AgentRefusal } from './refusal.ts'

/** What is sent is signed once: an agent takes it but once, however often it comes. */
export type SignedQuestion<T> = Omit<AgentQuestion<T>, 'place' | 'pin' | 'method'>

/**
 * Asks over a connection that is kept to the agent from question to question. Where the agent has closed it meanwhile, as one that
 * was started anew has, the same is asked once more over a new one. Throws as askAgent does.
 */
export async function askKnownAgent<T>(agent: KeptPlace, signed: SignedQuestion<T>): Promise<T> {
  const question = { ...signed, place: agent, pin: agent.certificatePin, method: 'POST' } as const
  const beganAt = performance.now()
  try {
    return await askOver({ kept: keptConnectionsTo(agent) }, question)
  } catch (error) {
    if (!(error instanceof KeptConnectionLost)) throw error
    const timeoutMs = Math.max(1, Math.round(signed.timeoutMs - (performance.now() - beganAt)))
    return askOnceMore({ ...question, timeoutMs }, error)
  }
}

/** An agent that did take the first refuses the second: what became of the first nobody knows then, and that is told. */
async function askOnceMore<T>(question: AgentQuestion<T>, lost: KeptConnectionLost): Promise<T> {
  try {
    return (await askAgent(question)).value
  } catch (error) {
    const isOfFirst = error instanceof AgentRefusal && error.refusal === 'replayed'
    const isUnheard = error instanceof LookError && !error.mayHaveArrived
    throw isOfFirst || isUnheard ? lost : error
  }
}
