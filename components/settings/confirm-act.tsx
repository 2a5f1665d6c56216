'use client'

import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'

interface ConfirmActProps {
  /** The whole act; the button says the same. */
  act: string
  /** What comes of it. */
  sentence: string
  isBusy: boolean
  error: unknown
  onConfirm: () => void
  onClose: () => void
}

/** Asks once more before something that cannot be taken back at once. */
export function ConfirmAct({ act, sentence, isBusy, error, onConfirm, onClose }: ConfirmActProps) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={act}
      description={sentence}
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="danger" isBusy={isBusy} onClick={onConfirm}>
            {act}
          </Button>
        </>
      }
    >
      <div className="px-5 py-2 empty:hidden">
        {error ? (
          <p role="alert" className="flex items-start gap-2.5">
            <StateIcon tone="bad" className="mt-[3px]" />
            <span>{errorSentence(error)}</span>
          </p>
        ) : null}
      </div>
    </Dialog>
  )
}
