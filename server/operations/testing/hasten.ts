import { vi } from 'vitest'

/** Lets time pass forty times as fast for whoever waits for something to settle, until mocks are restored. */
export function hasten(): void {
  const now = performance.now.bind(performance)
  const start = now()
  vi.spyOn(performance, 'now').mockImplementation(() => start + (now() - start) * 40)
}
