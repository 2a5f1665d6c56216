import { Age } from '#components/time/age.tsx'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import type { Looked } from '#domain/stack/stack-view.ts'

/** The age of what is shown, where it is not of this moment. */
export function OldMark({ looked, now }: { looked: Looked<unknown> | null; now: Date }) {
  if (looked === null || looked.seenAt === null || !isLookedOld(looked, now)) return null
  const { overtakenBy } = looked
  return (
    <span className="text-sm text-faint">
      <Age at={looked.seenAt} after={overtakenBy ? ' ago,' : ' ago'} />
      {overtakenBy ? ` ${overtakenBy}` : ''}
    </span>
  )
}
