'use client'

import { lazy, Suspense, useState } from 'react'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import { listNames } from '#domain/words.ts'

const ReleaseSheet = lazy(() => import('./release-sheet.tsx').then((module) => ({ default: module.ReleaseSheet })))

interface KeptDataProps {
  operation: Operation
  nodes: readonly string[]
  /** True where what was restored and given up is all that it left. */
  isGivenUp?: boolean
}

/** What an operation left on nodes, which takes room there until somebody lets it go. */
export function KeptData({ operation, nodes, isGivenUp = false }: KeptDataProps) {
  const may = useMay('restore.request') && isEnded(operation.state)
  const [opening, setOpening] = useState(0)
  const [isOpen, setIsOpen] = useState(false)
  const open = () => {
    setOpening(opening + 1)
    setIsOpen(true)
  }
  const left = operation.kind === 'restore' ? 'old-data' : 'file'
  const { title, act, sentence } = wordsOf(isGivenUp ? 'given-up' : left, nodes)
  useOfferActs(may ? [{ label: act, reason: null, run: open }] : [])
  return (
    <section aria-label={title} className="grid justify-items-start gap-2">
      <h3 className="font-medium">{title}</h3>
      <p className="text-muted">{sentence}</p>
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

function wordsOf(left: 'old-data' | 'file' | 'given-up', on: readonly string[]) {
  const nodes = listNames([...new Set(on)])
  switch (left) {
    case 'old-data':
      return {
        title: 'Kept for the way back',
        act: 'Let the old data go',
        sentence: `The data of before still lies on ${nodes}, where it takes room. Once the recovered cluster has proven itself it can go.`,
      }
    case 'file':
      return {
        title: 'Kept to be fetched',
        act: 'Let the files go',
        sentence: `What was taken out lies on ${nodes} until it is let go.`,
      }
    case 'given-up':
      return {
        title: 'Left behind',
        act: 'Let what was given up go',
        sentence: `What was restored and given up could not be deleted: it may still lie on ${nodes}, where it takes room and nobody needs it.`,
      }
  }
}
