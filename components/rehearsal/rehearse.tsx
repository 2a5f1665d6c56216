'use client'

import { lazy, Suspense, useState } from 'react'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { useAskedAct } from '#components/url/use-asked-act.ts'

const RehearseSheet = lazy(() => import('./rehearse-sheet.tsx').then((module) => ({ default: module.RehearseSheet })))

/** The button that rehearses a recovery, for those who may; each opening of its sheet begins afresh. */
export function Rehearse({ cluster }: { cluster: string }) {
  const may = useMay('rehearsal.request')
  const [opening, setOpening] = useState(0)
  const [isOpen, setIsOpen] = useState(false)
  const open = () => {
    setOpening(opening + 1)
    setIsOpen(true)
  }
  useOfferActs(may ? [{ label: 'Rehearse a recovery', reason: null, run: open }] : [])
  useAskedAct((asked) => {
    if (asked === 'rehearse' && may) open()
  })
  if (!may) return null
  return (
    <>
      <Button onClick={open}>Rehearse</Button>
      <Suspense>
        {opening > 0 ? (
          <RehearseSheet key={opening} cluster={cluster} isOpen={isOpen} onClose={() => setIsOpen(false)} />
        ) : null}
      </Suspense>
    </>
  )
}
