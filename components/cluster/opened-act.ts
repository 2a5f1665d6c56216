import type { Capability } from '#domain/operation/capability.ts'

/** The sheet of an act: open, or closed and still leaving the page. */
export interface OpenedAct {
  act: Capability['act']
  isOpen: boolean
  /** Counts the openings: each is a sheet of its own, which knows nothing of what was filled in before. */
  opening: number
}

export function openAct(last: OpenedAct | null, act: Capability['act']): OpenedAct {
  return { act, isOpen: true, opening: (last?.opening ?? 0) + 1 }
}
