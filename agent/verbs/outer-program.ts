import type { AgentConfig } from '#agent/config/agent-config.ts'
import type { VerbName } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { environmentOf, type Program, programFrom } from './program.ts'
import { isServiceVerb, routes, type ServiceVerb } from './routes.ts'

/** What the agent itself starts for a verb; null for one that it does in its own process. */
export function outerProgram(name: VerbName, config: AgentConfig, ownProgram: readonly string[]): Program | null {
  const env = environmentOf(config)
  if (routes[name] === 'agent') return null
  if (isServiceVerb(name)) {
    const words = serviceWords(name, config)
    if (words.length > 0) return programFrom([...config.become.service, ...words], env, 'service')
    throw new RefusedError('failed', `agent.toml of node "${config.node}" names no program for "${name}": add one.`)
  }
  return programFrom([...config.become.postgres, ...ownProgram, 'run-verb', name], env, 'postgres')
}

/** The words of agent.toml for a service verb. */
export function serviceWords(name: ServiceVerb, { patroni: { service } }: AgentConfig): readonly string[] {
  switch (name) {
    case 'patroni-stop':
      return service.stop
    case 'patroni-start':
      return service.start
    case 'patroni-mask':
      return service.mask
    case 'patroni-unmask':
      return service.unmask
  }
}
