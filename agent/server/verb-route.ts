import { vetoedVerbs } from '#agent/config/veto-families.ts'
import { permitVerb } from '#agent/guard/permit-verb.ts'
import type { Verbs } from '#agent/verbs/verbs.ts'
import { authentic } from './authentic.ts'
import type { App } from './app.ts'
import type { AgentParts } from './parts.ts'

/** `POST /v1/verbs/:verb`: does what the console asks, after every check. */
export function addVerbRoute(app: App, parts: AgentParts, verbs: Verbs): void {
  const vetoed = vetoedVerbs(parts.config.vetoed)
  app.post<{ Params: { verb: string } }>('/v1/verbs/:verb', async (request, reply) => {
    const { body, binding } = await authentic(request, parts)
    const { name, args } = await permitVerb(
      { name: request.params.verb, body, binding },
      { state: parts.state, vetoed },
    )
    const result = await verbs.perform(name, args, binding)
    return reply.type('application/json').send(JSON.stringify(result ?? null))
  })
}
