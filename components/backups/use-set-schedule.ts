'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import type { RouterOutputs } from '#server/api/root.ts'

/** What to do once a schedule is set: the card shows it at once, and findings are judged by it. */
export function useSetSchedule(cluster: string, onClose: () => void) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return (listed: RouterOutputs['schedules']['get']) => {
    queryClient.setQueryData(trpc.schedules.get.queryKey({ cluster }), listed)
    void queryClient.invalidateQueries({ queryKey: trpc.backups.list.queryKey({ cluster }) })
    onClose()
  }
}
