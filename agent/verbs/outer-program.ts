import type { AgentConfig } from '#agent/config/agent-config.ts'
import type { VerbName } from '#agent/protocol/verbs.ts'
import { environmentOf, type Program, programFrom } from './program.ts'
import { isServiceVerb, routes, type ServiceVerb } from './routes.ts'

/** What the agent itself starts for a verb; null for one that it does in its own process. */
export function outerProgram(name: VerbName, config: AgentConfig, ownProgram: readonly string[]): Program | null {
  const env = environmentOf(config)
  if (routes[name] === 'agent') return null
  if (isServiceVerb(name)) return programFrom([...config.become.service, ...serviceWords(name, config)], env, 'service')
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
