'use client'

import { Button } from '#components/ui/button.tsx'
import type { Capability } from '#domain/operation/capability.ts'

interface ActsProps {
  capabilities: readonly Capability[]
  onAct: (act: Capability['act']) => void
}

/** What may be done, the act that moves the lead last and gold, a failover where nobody works as leader; at the thumb on a phone. */
export function Acts({ capabilities, onAct }: ActsProps) {
  const lead = capabilities.some(({ act, isEnabled }) => act === 'failover' && isEnabled) ? 'failover' : 'switchover'
  // Cancelling stands in the banner that tells of what is scheduled.
  const order = ['schedule-switchover', lead === 'failover' ? 'switchover' : 'failover', lead]
  const shown = order.flatMap((act) => capabilities.filter((capability) => capability.act === act))
  if (shown.length === 0) return null
  return (
    <div
      role="group"
      aria-label="Acts"
      className="flex gap-2 print-hidden phone:fixed phone:inset-x-0 phone:bottom-0 phone:z-30 phone:border-t phone:border-line phone:bg-panel phone:px-4 phone:pt-2.5 phone:pb-[max(0.625rem,env(safe-area-inset-bottom))] phone:*:flex-1"
    >
      {shown.map((capability) => (
        <Button
          key={capability.act}
          tone={capability.act === lead ? 'lead' : 'plain'}
          disabledReason={capability.isEnabled ? null : capability.reason}
          onClick={() => onAct(capability.act)}
        >
          {capability.label}
        </Button>
      ))}
    </div>
  )
}
