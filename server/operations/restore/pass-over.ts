import { listNames } from '#domain/words.ts'
import type { StepOutcome } from '../define.ts'
import { askReach, type Unheard } from './ahead.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'

/**
 * How a step of the way back ends where nodes did not say how far they have come, so that a person is asked; null where each has, or somebody has
 * decided to go on without it. Who leads next may give up what such a node alone has. `leads`: who would, in the words that follow "without it".
 */
export function askToPassOver(
  context: RestoreContext,
  unheard: readonly Unheard[],
  leads: string,
): Extract<StepOutcome, { kind: 'failed' }> | null {
  const { passedOver = [] } = context.facts.restore ?? {}
  const open = unheard.filter(({ name }) => !passedOver.includes(name))
  noteRestore(context, { unheard: open.map(({ name }) => name) })
  for (const { name, why } of unheard)
    if (passedOver.includes(name)) context.say(`${name} is passed over, as was decided: ${why}`)
  if (open.length === 0) return null
  const names = listNames(open.map(({ name }) => name))
  const [have, it] = open.length === 1 ? ['has', 'it'] : ['have', 'them']
  const why = [...new Set(open.map((each) => each.why))].join(' ')
  return { kind: 'failed', detail: `How far ${names} ${have} come cannot be told: ${why} Without ${it} ${leads}.` }
}

/** Those of some nodes that a person has decided to go on without and that do not answer now either. */
export async function stillAway(context: RestoreContext, names: readonly string[]): Promise<string[]> {
  const { passedOver = [] } = context.facts.restore ?? {}
  const passed = names.filter((name) => passedOver.includes(name))
  const { unheard } = await askReach(context, passed, awayMs)
  return unheard.map(({ name }) => name)
}

const awayMs = 2_000
