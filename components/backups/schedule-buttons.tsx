'use client'

import { lazy, Suspense, useState } from 'react'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { Button } from '#components/ui/button.tsx'
import type { ScheduleKind } from '#domain/backup/due-runs.ts'
import type { RouterOutputs } from '#server/api/root.ts'

const BackupScheduleSheet = lazy(() =>
  import('./backup-schedule-sheet.tsx').then((module) => ({ default: module.BackupScheduleSheet })),
)
const RehearsalScheduleSheet = lazy(() =>
  import('./rehearsal-schedule-sheet.tsx').then((module) => ({ default: module.RehearsalScheduleSheet })),
)

interface ScheduleButtonsProps {
  cluster: string
  listed: RouterOutputs['schedules']['get']
  repositories: readonly number[]
}

/** The buttons that set when something is done, for those who may; each opening of a sheet begins with what is set. */
export function ScheduleButtons({ cluster, listed, repositories }: ScheduleButtonsProps) {
  const mayBackups = useMay('repository.maintain')
  const mayRehearsals = useMay('rehearsal.request')
  const [opening, setOpening] = useState(0)
  const [kind, setKind] = useState<ScheduleKind | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const open = (which: ScheduleKind) => {
    setOpening(opening + 1)
    setKind(which)
    setIsOpen(true)
  }
  const close = () => setIsOpen(false)
  const offered: ScheduleKind[] = [
    ...(mayBackups ? (['backup'] as const) : []),
    ...(mayRehearsals ? (['rehearsal'] as const) : []),
  ]
  useOfferActs(offered.map((which) => ({ label: labels[which], reason: null, run: () => open(which) })))
  if (offered.length === 0) return null
  return (
    <div role="group" aria-label="Acts on the schedule" className="flex flex-wrap gap-2 print-hidden">
      {offered.map((which) => (
        <Button key={which} size="small" onClick={() => open(which)}>
          {labels[which]}
        </Button>
      ))}
      <Suspense>
        {kind === 'backup' ? (
          <BackupScheduleSheet
            key={opening}
            cluster={cluster}
            set={listed.backup}
            repositories={repositories}
            isOpen={isOpen}
            onClose={close}
          />
        ) : null}
        {kind === 'rehearsal' ? (
          <RehearsalScheduleSheet
            key={opening}
            cluster={cluster}
            set={listed.rehearsal}
            isOpen={isOpen}
            onClose={close}
          />
        ) : null}
      </Suspense>
    </div>
  )
}

const labels = {
  backup: 'Schedule backups',
  rehearsal: 'Schedule rehearsals',
} as const satisfies Record<ScheduleKind, string>
