import type { SetupCheck, SetupFinding } from './setup-finding.ts'
import type { SetupInput } from './setup-input.ts'
import { partsOf, type PartName, type Parts } from './parts.ts'

/** A rule on the set-up, as a value. */
export interface SetupRule {
  /** Stable. */
  rule: string
  title: string
  layer: SetupCheck['layer']
  /** What must be seen for it to be judged. */
  needs: readonly PartName[]
  check: (input: SetupInput) => Outcome
}

/** What a rule found, empty = it passed; or why it could not be seen, or does not apply. */
export type Outcome = Found[] | { unseen: string } | { notApplicable: string }

export type Found = Omit<SetupFinding, 'rule'>

interface RuleOf<Name extends PartName> {
  rule: string
  title: string
  layer: SetupCheck['layer']
  needs: readonly Name[]
  check: (parts: Pick<Parts, Name>, input: SetupInput) => Outcome
}

/**
 * A rule that is given the parts it needs once all are seen. Where it finds nothing, but a part was seen of some members only, it has not passed:
 * it is unseen.
 */
export function rule<Name extends PartName>({ check, needs, ...named }: RuleOf<Name>): SetupRule {
  return {
    ...named,
    needs,
    check: (input) => {
      const { parts, missing, gaps } = partsOf(input, needs)
      if (parts === null) return { unseen: missing }
      const outcome = check(parts, input)
      const isPassed = Array.isArray(outcome) && outcome.length === 0
      return isPassed && gaps !== null ? { unseen: gaps } : outcome
    },
  }
}
