'use client'

import { Dialog } from '@base-ui/react/dialog'
import { cx } from 'class-variance-authority'
import { backdrop } from './backdrop.ts'
import { Icon } from './icon.tsx'
import type { SheetProps } from './sheet.tsx'

export function SheetBody({ isOpen, onClose, title, description, footer, size = 'medium', children }: SheetProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdrop} />
        <Dialog.Popup
          className={cx(
            'fixed z-40 flex flex-col border-line bg-panel shadow-float transition-[translate,opacity] duration-200 ease-out outline-none',
            'md:inset-y-0 md:right-0 md:w-full md:border-l md:data-ending-style:translate-x-6 md:data-starting-style:translate-x-6',
            'phone:inset-x-0 phone:bottom-0 phone:max-h-[94dvh] phone:rounded-t-xl phone:border-t phone:data-ending-style:translate-y-8 phone:data-starting-style:translate-y-8',
            'data-ending-style:opacity-0 data-starting-style:opacity-0',
            size === 'wide' ? 'md:max-w-3xl' : 'md:max-w-xl',
          )}
        >
          <header className="flex items-start gap-4 border-b border-line px-6 py-4 phone:px-4">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="text-xl font-semibold tracking-tight">{title}</Dialog.Title>
              {description ? (
                <Dialog.Description className="pt-0.5 text-muted">{description}</Dialog.Description>
              ) : null}
            </div>
            <Dialog.Close
              aria-label="Close"
              className="-mr-2 grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-text phone:size-11"
            >
              <Icon name="close" className="size-4" />
            </Dialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-6 py-5 phone:px-4">{children}</div>
          {footer ? (
            <footer className="border-t border-line px-6 py-4 pb-[max(1rem,env(safe-area-inset-bottom))] phone:px-4">
              {footer}
            </footer>
          ) : null}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
