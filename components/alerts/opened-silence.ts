import type { SilenceAim } from './silence-aims.ts'

/** The sheet of a silence: open, or closed and still leaving the page. */
export interface OpenedSilence {
  aims: readonly SilenceAim[]
  about: string
  isOpen: boolean
  /** Counts the openings: each begins afresh. */
  opening: number
}

export function openSilence(last: OpenedSilence | null, asked: Pick<OpenedSilence, 'aims' | 'about'>): OpenedSilence {
  return { ...asked, isOpen: true, opening: (last?.opening ?? 0) + 1 }
}
