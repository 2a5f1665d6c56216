'use client'

import { saveText } from '#components/operation/save-text.ts'
import { Button } from '#components/ui/button.tsx'
import { Copy } from '#components/ui/copy.tsx'
import { Dialog } from '#components/ui/dialog.tsx'

/** The recovery codes, told once: they go away only by the dialog's own button. */
export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const text = codes.join('\n')
  return (
    <Dialog
      isOpen
      onClose={stay}
      title="Your recovery codes"
      description="Each lets you in once in the place of the second factor. They are shown only now: keep them where you do not keep the factor."
      footer={
        <>
          <Button onClick={() => saveText('matriarch-recovery-codes.txt', `${text}\n`)}>Save as a file</Button>
          <Button onClick={onClose} className="border-line-strong">
            I have kept them
          </Button>
        </>
      }
    >
      <div className="grid gap-2 px-5 py-3">
        <ol
          aria-label="Recovery codes"
          className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-md border border-line-strong bg-page px-3 py-2 font-mono max-[26rem]:grid-cols-1"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <Copy text={text} shown="Copy all" label="all codes" />
      </div>
    </Dialog>
  )
}

function stay() {}
