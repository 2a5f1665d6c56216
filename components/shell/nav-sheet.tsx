'use client'

import { Dialog } from '@base-ui/react/dialog'
import { backdrop } from '#components/ui/backdrop.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import { Nav } from './nav.tsx'

/** The menu on a phone. */
export function NavSheet({
  isOpen,
  onClose,
  rows,
}: {
  isOpen: boolean
  onClose: () => void
  rows: readonly FleetRow[]
}) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdrop} />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-40 w-72 max-w-[85vw] overflow-y-auto border-r border-line bg-page shadow-float transition-[translate] duration-200 ease-out outline-none data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <Nav rows={rows} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
