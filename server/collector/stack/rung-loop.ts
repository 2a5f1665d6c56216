import { startLoop, type LoopOptions } from '../loop.ts'
import type { Bell } from './bell.ts'
import { ExtraLooks } from './extra-looks.ts'

export interface RungLoopOptions extends Omit<LoopOptions, 'look'> {
  /** `isExtra`: the bell asked for this look, not the beat. */
  look: (isExtra: boolean) => Promise<void>
  bell: Bell
}

/** A loop that looks at its beat and, as far as extra looks go, when the bell rings; one under way then may have seen what was before, and is followed by another. */
export function startRungLoop({ look, bell, ...options }: RungLoopOptions): void {
  const { signal, beatMs } = options
  const extra = new ExtraLooks(Date.now())
  let dueAtMs: number | null = null
  let timer: NodeJS.Timeout | undefined
  const loop = startLoop({
    ...options,
    async look() {
      const isExtra = dueAtMs !== null
      clearTimeout(timer)
      dueAtMs = null
      extra.note(Date.now())
      await look(isExtra)
    },
    beatMs(startedAtMs) {
      const beat = beatMs(startedAtMs)
      return dueAtMs === null ? beat : Math.min(beat, dueAtMs - startedAtMs)
    },
  })
  bell.listen(() => {
    if (dueAtMs !== null) return
    const nowMs = Date.now()
    dueAtMs = extra.take(nowMs)
    if (dueAtMs === null) return
    timer = setTimeout(() => loop.wake(), dueAtMs - nowMs)
  }, signal)
  signal.addEventListener('abort', () => clearTimeout(timer))
}
