'use client'

import { Button } from '#components/ui/button.tsx'
import { Copy } from '#components/ui/copy.tsx'
import { Dialog } from '#components/ui/dialog.tsx'

interface OneTimeSecretProps {
  title: string
  /** What it is for, and that it is shown only now. */
  sentence: string
  secret: string
  onClose: () => void
}

/** Something that is told once: it goes away only by its own button. */
export function OneTimeSecret({ title, sentence, secret, onClose }: OneTimeSecretProps) {
  return (
    <Dialog
      isOpen
      // A stray click or Esc must not lose it.
      onClose={stay}
      title={title}
      description={sentence}
      footer={
        <Button onClick={onClose} className="border-line-strong">
          I have kept it
        </Button>
      }
    >
      <div className="px-5 py-3">
        <div className="flex rounded-md border border-line-strong bg-page px-3 py-2">
          <Copy
            text={secret}
            className="w-full justify-between text-md! [&>span:first-child]:break-all [&>span:first-child]:whitespace-normal"
          />
        </div>
      </div>
    </Dialog>
  )
}

function stay() {}
