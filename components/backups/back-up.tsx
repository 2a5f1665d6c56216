'use client'

import { lazy, Suspense, useState } from 'react'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { useAskedAct } from '#components/url/use-asked-act.ts'

const BackUpSheet = lazy(() => import('./back-up-sheet.tsx').then((module) => ({ default: module.BackUpSheet })))

interface BackUpProps {
  cluster: string
  /** Keys of those that the stanza has. */
  repositories: readonly number[]
}

/** The button that begins a backup, for those who may; each opening of its sheet begins afresh. */
export function BackUp({ cluster, repositories }: BackUpProps) {
  const may = useMay('backup.request')
  const [opening, setOpening] = useState(0)
  const [isOpen, setIsOpen] = useState(false)
  const open = () => {
    setOpening(opening + 1)
    setIsOpen(true)
  }
  useOfferActs(may ? [{ label: 'Back up', reason: null, run: open }] : [])
  useAskedAct((asked) => {
    if (asked === 'back-up' && may) open()
  })
  if (!may) return null
  return (
    <>
      <Button tone="strong" onClick={open}>
        Back up
      </Button>
      <Suspense>
        {opening > 0 ? (
          <BackUpSheet
            key={opening}
            cluster={cluster}
            repositories={repositories}
            isOpen={isOpen}
            onClose={() => setIsOpen(false)}
          />
        ) : null}
      </Suspense>
    </>
  )
}
