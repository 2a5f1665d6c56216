import type { TRPCLink } from '@trpc/client'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import { errorCode } from '#components/trpc/error-sentence.ts'
import type { AppRouter } from '#server/api/root.ts'
import { askStepUp } from './step-up-desk.ts'

/** Sends an act again, with all that was typed, once the person has shown who they are. */
export const stepUpLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let isOver = false
      let sent: Unsubscribable | null = null
      const send = () => {
        sent = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error(error) {
            if (op.type !== 'mutation' || errorCode(error) !== 'step-up-wanted') return observer.error(error)
            void askStepUp().then((isShown) => {
              if (isOver) return
              if (isShown) send()
              else observer.error(error)
            })
          },
        })
      }
      send()
      return () => {
        isOver = true
        sent?.unsubscribe()
      }
    })
