'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { cx } from 'class-variance-authority'
import { backdrop } from './backdrop.ts'
import type { DialogProps } from './dialog.tsx'

export function DialogBody({
  isOpen,
  onClose,
  title,
  description,
  isTitleHidden,
  footer,
  className,
  children,
}: DialogProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup
          className={cx(
            'fixed top-[12vh] left-1/2 z-40 flex max-h-[76vh] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-panel shadow-float outline-none',
            'transition-[scale,opacity] duration-150 ease-out data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0',
            className,
          )}
        >
          <header className={isTitleHidden ? 'sr-only' : 'px-5 pt-4 pb-1'}>
            <Base.Title className="text-xl font-semibold tracking-tight">{title}</Base.Title>
            {description ? <Base.Description className="pt-1 text-muted">{description}</Base.Description> : null}
          </header>
          {children}
          {footer ? <footer className="flex justify-end gap-2 px-5 pt-2 pb-4">{footer}</footer> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
