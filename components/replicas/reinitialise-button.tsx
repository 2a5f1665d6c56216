import { Button } from '#components/ui/button.tsx'
import type { ReinitialiseActs } from './use-reinitialise.tsx'

/** Has one member copied anew; where that cannot be, it says why. */
export function ReinitialiseButton({ member, acts }: { member: string; acts: ReinitialiseActs }) {
  const reason = acts.offers.find((offer) => offer.member === member)?.reason
  return (
    <Button
      tone="quiet"
      size="small"
      className="print-hidden"
      aria-label={`Reinitialise ${member}`}
      disabledReason={reason}
      onClick={() => acts.onReinitialise(member)}
    >
      Reinitialise
    </Button>
  )
}
