import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { paths } from '#components/paths.ts'
import { useTRPC } from '#components/trpc/context.ts'
import type { Operation } from '#domain/operation/operation.ts'

/** Goes to the page of an operation that was just asked for, which shows at once what is known of it. */
export function useOpenOperation(): (operation: Operation) => void {
  const router = useRouter()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return (operation) => {
    queryClient.setQueryData(trpc.operations.get.queryKey({ id: operation.id }), operation)
    router.push(paths.operation(operation.id))
  }
}
