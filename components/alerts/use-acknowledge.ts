'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { toast } from '#components/ui/toast.tsx'

/** Says that one looks after an incident. */
export function useAcknowledge() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return useMutation(
    trpc.incidents.acknowledge.mutationOptions({
      onSuccess: (shown, { number }) => {
        queryClient.setQueryData(trpc.incidents.get.queryKey({ number }), shown)
        toast(`Acknowledged incident ${number}.`)
      },
      onError: (error) => toast(errorSentence(error), 'bad'),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.incidents.list.pathKey() }),
    }),
  )
}
