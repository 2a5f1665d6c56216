/** Ends this very process, as a power cut would, when it comes to the named point; inert without a name. */
export type DebugPoint = (point: string) => void

export function debugPointAt(killAt: string | null): DebugPoint {
  if (killAt === null) return () => {}
  return (point) => {
    if (point === killAt) process.kill(process.pid, 'SIGKILL')
  }
}
