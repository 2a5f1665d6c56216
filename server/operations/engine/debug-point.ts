import { readFileSync, rmSync } from 'node:fs'

/** Ends this very process, as a power cut would, when it comes to the named point; inert without a name. */
export type DebugPoint = (point: string) => void

/** `killFile` names the point for one process alone, and may be written while that runs. */
export function debugPointAt(killAt: string | null, killFile: string | null = null): DebugPoint {
  return (point) => {
    if (point === killAt || (killFile !== null && takesName(killFile, point))) process.kill(process.pid, 'SIGKILL')
  }
}

/** Whoever follows the process that dies at the point passes it: the name is taken away. */
function takesName(file: string, point: string): boolean {
  try {
    if (readFileSync(file, 'utf8') !== point) return false
    rmSync(file)
    return true
  } catch {
    return false
  }
}
