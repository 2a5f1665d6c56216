'use client'

import { lazy, Suspense, useState } from 'react'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { Button } from '#components/ui/button.tsx'
import type { RepositoryChore } from '#domain/plan/repository-plan.ts'
import { choreVerbs } from './chore-verbs.ts'

const ChoreSheet = lazy(() => import('./chore-sheet.tsx').then((module) => ({ default: module.ChoreSheet })))

interface ChoreButtonsProps {
  cluster: string
  repositories: readonly number[]
  hasStanza: boolean
}

/** The buttons that begin a chore on a repository, for those who may; each opening of its sheet begins afresh. */
export function ChoreButtons({ cluster, repositories, hasStanza }: ChoreButtonsProps) {
  const mayLook = useMay('repository.maintain')
  const mayChange = useMay('repository.change')
  const [opening, setOpening] = useState(0)
  const [chore, setChore] = useState<RepositoryChore | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const open = (kind: RepositoryChore) => {
    setOpening(opening + 1)
    setChore(kind)
    setIsOpen(true)
  }
  const looks: RepositoryChore[] = hasStanza ? ['repository-check', 'repository-verify'] : []
  const changes: RepositoryChore[] = hasStanza ? ['repository-expire', 'stanza-create'] : ['stanza-create']
  const chores = [...(mayLook ? looks : []), ...(mayChange ? changes : [])]
  useOfferActs(chores.map((kind) => ({ label: `${choreVerbs[kind]} repository`, reason: null, run: () => open(kind) })))
  if (chores.length === 0) return null
  return (
    <div role="group" aria-label="Acts on the repository" className="flex flex-wrap gap-2 print-hidden">
      {chores.map((kind) => (
        <Button
          key={kind}
          size="small"
          tone={kind === 'repository-expire' ? 'danger' : 'plain'}
          onClick={() => open(kind)}
        >
          {choreVerbs[kind]}
        </Button>
      ))}
      <Suspense>
        {chore === null ? null : (
          <ChoreSheet
            key={opening}
            cluster={cluster}
            kind={chore}
            repositories={repositories}
            isOpen={isOpen}
            onClose={() => setIsOpen(false)}
          />
        )}
      </Suspense>
    </div>
  )
}
