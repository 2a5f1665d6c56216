'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import { Announcer } from '#components/live/announcer.tsx'
import { useLine } from '#components/live/live-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { Toaster } from '#components/ui/toast.tsx'
import { TooltipLayer } from '#components/ui/tooltip-layer.tsx'
import { countCriticals } from './count-criticals.ts'
import { Nav } from './nav.tsx'
import { ShellContext, type ShellControls } from './shell-context.tsx'
import { StoreBanner } from './store-banner.tsx'
import { useKeys } from './use-keys.ts'

const Palette = lazy(() => import('#components/palette/palette.tsx').then((module) => ({ default: module.Palette })))
const KeyList = lazy(() => import('./key-list.tsx').then((module) => ({ default: module.KeyList })))
/** Loaded where there is something to mark, which is seldom. */
const CriticalTitle = lazy(() => import('./critical-title.tsx').then((module) => ({ default: module.CriticalTitle })))
const NavSheet = lazy(() => import('./nav-sheet.tsx').then((module) => ({ default: module.NavSheet })))

interface Opened {
  what: 'palette' | 'keys' | 'nav'
  on: string
  isOpen: boolean
}

/** What stands around every page: the ways, the keys, and the voice for those who listen. */
export function Shell({ children }: { children: ReactNode }) {
  const path = usePathname()
  const router = useRouter()
  const line = useLine()
  const { data: rows = [] } = useQuery(useTRPC().clusters.list.queryOptions())
  const criticals = countCriticals(rows)
  const [opened, setOpened] = useState<Opened | null>(null)

  // What was opened on one page is closed on the next.
  const isOpen = opened !== null && opened.isOpen && opened.on === path
  const close = () => setOpened((last) => last && { ...last, isOpen: false })
  const controls: ShellControls = useMemo(
    () => ({
      openNav: () => setOpened({ what: 'nav', on: path, isOpen: true }),
      openPalette: () => setOpened({ what: 'palette', on: path, isOpen: true }),
      openKeys: () => setOpened({ what: 'keys', on: path, isOpen: true }),
    }),
    [path],
  )
  useKeys({ path, go: (href) => router.push(href), line, controls })

  return (
    <ShellContext value={controls}>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md border border-line-strong bg-raised px-3 py-2 focus:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="grid min-h-dvh md:grid-cols-[13rem_minmax(0,1fr)] print:block">
        <aside className="border-r border-line print-hidden max-md:hidden">
          <div className="sticky top-0 h-dvh overflow-y-auto">
            <Nav rows={rows} />
          </div>
        </aside>
        <div className="min-w-0">
          <StoreBanner />
          <main
            id="content"
            tabIndex={-1}
            className="mx-auto w-full max-w-[84rem] px-7 pt-4 pb-12 outline-none phone:px-4 phone:pt-1.5 phone:pb-28"
          >
            {children}
            <TooltipLayer />
          </main>
        </div>
      </div>
      <Suspense>
        {criticals > 0 ? <CriticalTitle criticals={criticals} /> : null}
        {opened?.what === 'palette' ? <Palette isOpen={isOpen} onClose={close} rows={rows} /> : null}
        {opened?.what === 'keys' ? <KeyList isOpen={isOpen} onClose={close} /> : null}
        {opened?.what === 'nav' ? <NavSheet isOpen={isOpen} onClose={close} rows={rows} /> : null}
      </Suspense>
      <Toaster />
      <Announcer />
    </ShellContext>
  )
}
