import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js'
import { SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js'
import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { LiveProvider } from '#components/live/live-provider.tsx'
import { PageStands } from '#components/live/page-stands.tsx'
import { ViewerProvider } from '#components/session/session-context.tsx'
import { ClockProvider } from '#components/time/clock-provider.tsx'
import { TRPCProvider } from '#components/trpc/context.ts'
import { everywhere } from '#domain/people/grant.ts'
import type { Role } from '#domain/people/permission.ts'
import type { AppRouter } from '#server/api/root.ts'

interface Given {
  page: ReactNode
  /** What each procedure answers, by its name; an error thrown is what the console answers. */
  answers: Record<string, (input: never) => unknown>
  role?: Role
  now?: Date
  /** What stands in the address after the question mark. */
  search?: string
}

/** A part of the console in a browser's document, with a console behind it that answers as told. */
export async function openPage({ page, answers, role = 'operator', now = new Date(), search = '' }: Given) {
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)
  const asked: { path: string; input: unknown }[] = []
  const gone: string[] = []
  const client = createTRPCClient<AppRouter>({ links: [answering(answers, asked)] })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const router = {
    push: (href: string) => gone.push(href),
    replace: () => undefined,
    refresh: () => undefined,
    back: () => undefined,
    forward: () => undefined,
    prefetch: () => undefined,
  }
  // Charts leave behind, for whatever page comes next, what they measure words in.
  document.querySelector('#recharts_measurement_span')?.remove()
  const element = document.createElement('div')
  document.body.append(element)
  const root = createRoot(element)
  await act(async () =>
    root.render(
      <AppRouterContext value={router as never}>
        <SearchParamsContext value={new URLSearchParams(search)}>
          <ClockProvider serverNow={now}>
            <QueryClientProvider client={queryClient}>
              <TRPCProvider trpcClient={client} queryClient={queryClient}>
                <ViewerProvider
                  viewer={{ id: 'ada', name: 'Ada', email: 'ada@example.org', grants: [everywhere(role)] }}
                >
                  <LiveProvider>
                    {page}
                    <PageStands />
                  </LiveProvider>
                </ViewerProvider>
              </TRPCProvider>
            </QueryClientProvider>
          </ClockProvider>
        </SearchParamsContext>
      </AppRouterContext>,
    ),
  )
  const pass = (ms: number) => act(async () => new Promise((resolve) => setTimeout(resolve, ms)))
  return {
    asked,
    /** Where the page has led to. */
    gone,
    text: () => document.body.textContent,
    pass,
    /** The button or link of that name; throws where there is none. */
    button: (name: string) => found(buttonsIn(document.body), name),
    press: (name: string) => act(async () => found(buttonsIn(document.body), name).click()),
    /** Ticks the box of that label, or takes the tick away. */
    check: (label: string) => act(async () => boxOf(label).click()),
    fill: (label: string, value: string) => act(async () => fillIn(label, value)),
    async until(isThere: () => boolean) {
      for (let tries = 0; tries < 100; tries++) {
        if (isThere()) return
        await pass(20)
      }
      throw new Error(`Waited in vain. The page says: ${document.body.textContent}`)
    },
    async [Symbol.asyncDispose]() {
      await act(async () => root.unmount())
      element.remove()
      queryClient.clear()
    },
  }
}

function answering(answers: Given['answers'], asked: { path: string; input: unknown }[]): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        const { path, input, type } = op
        if (type === 'subscription') {
          observer.next({ result: { type: 'state', state: 'pending', error: null } } as never)
          return
        }
        asked.push({ path, input })
        const answer = answers[path]
        queueMicrotask(() => {
          try {
            if (!answer) throw new Error(`Nothing answers ${path}.`)
            observer.next({ result: { type: 'data', data: answer(input as never) } })
            observer.complete()
          } catch (error) {
            observer.error(TRPCClientError.from(error as Error))
          }
        })
      })
}

function buttonsIn(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('button, a')]
}

function found(buttons: HTMLElement[], name: string): HTMLElement {
  const button = buttons.find((each) => (each.getAttribute('aria-label') ?? each.textContent) === name)
  if (button) return button
  throw new Error(`There is no button "${name}", but: ${buttons.map(({ textContent }) => textContent).join(' | ')}`)
}

function boxOf(label: string): HTMLInputElement {
  const labels = [...document.body.querySelectorAll('label')].filter(({ textContent }) => textContent.startsWith(label))
  const box = labels[0]?.querySelector('input')
  if (box) return box
  throw new Error(`There is no box "${label}".`)
}

/** Writes into the field of that label as a person does: React hears of it by the event. */
function fillIn(label: string, value: string) {
  const labels = [...document.body.querySelectorAll('label')]
  const id = labels.find(({ textContent }) => textContent.startsWith(label))?.htmlFor
  const field = id === undefined ? null : document.querySelector(`[id="${id}"]`)
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
    throw new Error(`There is no field "${label}", but: ${labels.map(({ textContent }) => textContent).join(' | ')}`)
  }
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
