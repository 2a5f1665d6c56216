'use client'

import { lazy } from 'react'
import type { RunningBackup } from '#domain/plan/plan-switchover/planning.ts'
import type { Judged } from './judge.ts'
import type { OpenedAct } from './opened-act.ts'

const SwitchoverSheet = lazy(() =>
  import('#components/operation/switchover-sheet.tsx').then((module) => ({ default: module.SwitchoverSheet })),
)
const FailoverSheet = lazy(() =>
  import('#components/operation/failover-sheet.tsx').then((module) => ({ default: module.FailoverSheet })),
)

interface ActSheetProps {
  sheet: OpenedAct
  onClose: () => void
  judged: Judged
  backup: RunningBackup | null
}

/** The sheet on which the opened act is decided. */
export function ActSheet({ sheet: { act, isOpen }, onClose, judged, backup }: ActSheetProps) {
  if (act === 'failover') return <FailoverSheet isOpen={isOpen} onClose={onClose} judged={judged} />
  return <SwitchoverSheet act={act} isOpen={isOpen} onClose={onClose} judged={judged} backup={backup} />
}
