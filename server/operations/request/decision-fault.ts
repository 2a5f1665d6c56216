import type { Decision, Way } from '#domain/operation/question.ts'
import { isRecoveryTarget } from '#domain/recovery/target-shape.ts'
import { listNames } from '#domain/words.ts'

/**
 * Why a decision is no answer to a question that offers these ways; null where it is one. The web tier has looked at it as well: what does not fit came
 * into the store past it.
 */
export function decisionFault(ways: readonly Way[], { way, target }: Decision): string | null {
  const who = "See who can write to the console's store."
  if (!ways.some(({ kind }) => kind === way)) {
    const offered = listNames(ways.map(({ title }) => `"${title}"`))
    return `The way "${way}" was not offered: the question offers ${offered}. ${who}`
  }
  const isTargetSound = way === 'move' ? isRecoveryTarget(target) : target === null
  return isTargetSound ? null : `What came with the way "${way}" is no target of a recovery that goes with it. ${who}`
}
