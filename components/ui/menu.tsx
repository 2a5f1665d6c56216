'use client'

import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'

export interface MenuEntry {
  label: string
  icon?: ReactNode
  onSelect: () => void
  disabledReason?: string | null
  isDanger?: boolean
}

/** Acts behind one button; a disabled one says its reason below its name. */
export function Menu({ trigger, entries }: { trigger: ReactElement; entries: readonly MenuEntry[] }) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="end" className="z-40">
          <Base.Popup className="min-w-48 rounded-lg border border-line bg-panel p-1 shadow-float outline-none">
            {entries.map((entry) => (
              <Base.Item
                key={entry.label}
                disabled={Boolean(entry.disabledReason)}
                onClick={entry.onSelect}
                className={`flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 outline-none select-none data-disabled:text-faint data-highlighted:bg-raised phone:min-h-11 [&_svg]:size-4 ${entry.isDanger ? 'text-bad' : ''}`}
              >
                {entry.icon}
                <span>
                  {entry.label}
                  {entry.disabledReason ? <span className="block text-sm">{entry.disabledReason}</span> : null}
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
