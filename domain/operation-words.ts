import type { OperationKind } from './operation.ts'

/** What somebody is doing by an operation, to follow `has been`: `switching over`. */
export function verbOf(kind: OperationKind): string {
  return verbs[kind]
}

const verbs = {
  switchover: 'switching over',
  'schedule-switchover': 'scheduling a switchover',
  'cancel-scheduled-switchover': 'cancelling the scheduled switchover',
  backup: 'taking a backup',
} as const satisfies Record<OperationKind, string>
