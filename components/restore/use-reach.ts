'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import type { BackupChoice, RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { choiceInView } from '#domain/recovery/choice-in-view.ts'

interface Asked {
  cluster: string
  view: BackupView | null
  target: RecoveryTarget | null
  repository: number | null
  now: Date
}

/** What a target can be recovered from, by what this page has of the cluster's backups; null where it has nothing to tell it by. */
export function useReach({ cluster, view, target, repository, now }: Asked): BackupChoice | null {
  const snapshot = useQuery(useTRPC().clusters.get.queryOptions({ name: cluster })).data?.snapshot ?? null
  return useMemo(
    () =>
      snapshot && view && target
        ? choiceInView({ snapshot, backups: view, target, repository, archivesFirst: true, now })
        : null,
    [snapshot, view, target, repository, now],
  )
}
