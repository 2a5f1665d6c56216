import { Moment } from '#components/time/moment.tsx'
import type { Decision, WayKind } from '#domain/operation/question.ts'
import { targetWords } from '#domain/recovery/target-words.ts'

/** Who decided what and why, at the step that asked. */
export function DecisionLine({ decision }: { decision: Decision }) {
  const { by, way, target, reason, at } = decision
  return (
    <p className="rounded-md bg-raised px-3 py-2">
      <span className="font-medium">{by}</span> decided{' '}
      <span className="font-medium">
        {words[way]}
        {target === null ? '' : ` to ${targetWords(target)}`}
      </span>{' '}
      at <Moment at={at} shape="clock" />: <span className="break-words whitespace-pre-line">{reason}</span>
    </p>
  )
}

const words = {
  commit: 'to make it final',
  move: 'to recover',
  abandon: 'to go back to the old cluster',
  retry: 'to try again',
  pass: 'to go on without a node',
  leave: 'to leave everything as it stands',
} as const satisfies Record<WayKind, string>
