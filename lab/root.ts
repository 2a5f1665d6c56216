import { UsageError } from './failure.ts'

export function requireRoot(): void {
  if (process.getuid?.() !== 0) {
    throw new UsageError('The lab makes network namespaces and needs root: run it again as root or with sudo.')
  }
}
