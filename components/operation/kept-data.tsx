'use client'

import { lazy, Suspense, useState } from 'react'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { isEnded, type Operation } from '#domain/operation.ts'
import { listNames } from '#domain/words.ts'

const ReleaseSheet = lazy(() => import('./release-sheet.tsx').then((module) => ({ default: module.ReleaseSheet })))

interface KeptDataProps {
  operation: Operation
  kept: readonly { node: string; name: string }[]
}

/** What an operation left on nodes, which takes room there until somebody lets it go. */
export function KeptData({ operation, kept }: KeptDataProps) {
  const may = useMay('restore.request') && isEnded(operation.state)
  const [opening, setOpening] = useState(0)
  const [isOpen, setIsOpen] = useState(false)
  const open = () => {
    setOpening(opening + 1)
    setIsOpen(true)
  }
  const act = operation.kind === 'restore' ? 'Let the old data go' : 'Let the files go'
  useOfferActs(may ? [{ label: act, reason: null, run: open }] : [])
  const nodes = listNames([...new Set(kept.map(({ node }) => node))])
  return (
    <section aria-label="Kept for the way back" className="grid justify-items-start gap-2">
      <h3 className="font-medium">{operation.kind === 'restore' ? 'Kept for the way back' : 'Kept to be fetched'}</h3>
      <p className="text-muted">
        {operation.kind === 'restore'
          ? `The data of before still lies on ${nodes}, where it takes room. Once the recovered cluster has proven itself it can go.`
          : `What was taken out lies on ${nodes} until it is let go.`}
      </p>
      {may ? (
        <Button size="small" className="print-hidden" onClick={open}>
          {act}
        </Button>
      ) : null}
      <Suspense>
        {opening > 0 ? (
          <ReleaseSheet
            key={opening}
            operation={operation}
            act={act}
            isOpen={isOpen}
            onClose={() => setIsOpen(false)}
          />
        ) : null}
      </Suspense>
    </section>
  )
}
