'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { useRouter } from 'next/navigation'
import { useLine, useLineState } from '#components/live/live-provider.tsx'
import { useViewer } from '#components/session/session-context.tsx'
import { signOut } from '#components/session/sign-out.ts'
import { toggleTheme } from '#components/shell/theme.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import type { FleetRow } from '#domain/fleet/view.ts'
import { isFound, paletteGroups, type PaletteEntry, type PaletteGroup } from './entries.ts'
import { useOfferedActs } from './page-acts.ts'
import { useKnownCapabilities } from './use-known-capabilities.ts'

interface PaletteProps {
  isOpen: boolean
  onClose: () => void
  rows: readonly FleetRow[]
}

/** Finds every page and every act by a few letters; an act that cannot be done now says why. */
export function Palette({ isOpen, onClose, rows }: PaletteProps) {
  const router = useRouter()
  const viewer = useViewer()
  const line = useLine()
  const { cluster, phase } = useLineState()
  const acts = useOfferedActs()
  const isPaused = phase === 'paused'
  const canOf = useKnownCapabilities()
  const groups = paletteGroups({
    rows,
    acts,
    grants: viewer.grants,
    cluster,
    canOf,
    go: (href) => router.push(href),
    own: [
      { label: 'Switch between dark and light', run: toggleTheme },
      {
        label: isPaused ? 'Follow changes again' : 'Pause the live view',
        run: () => line.setPhase(isPaused ? 'connecting' : 'paused'),
      },
      { label: 'Sign out', run: () => void signOut() },
    ],
  })
  const run = (entry: PaletteEntry) => {
    if (entry.isDisabled) return
    onClose()
    entry.run()
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Find a page or an act" isTitleHidden>
      <Autocomplete.Root
        open
        inline
        items={groups}
        itemToStringValue={(entry: PaletteEntry) => `${entry.label} ${entry.note}`}
        filter={isFound}
        autoHighlight="always"
        keepHighlight
        limit={80}
      >
        <Autocomplete.Input
          aria-label="Find a page or an act"
          placeholder="Find a page or an act"
          className="h-12 w-full shrink-0 border-b border-line bg-transparent px-4 text-lg outline-none"
        />
        <div className="min-h-0 overflow-y-auto overscroll-contain p-1.5">
          <Autocomplete.Empty>
            <p className="px-2.5 py-6 text-muted empty:hidden">Nothing has this name.</p>
          </Autocomplete.Empty>
          <Autocomplete.List className="grid gap-2">
            {(group: PaletteGroup) => (
              <Autocomplete.Group key={group.label} items={group.items}>
                <Autocomplete.GroupLabel className="px-2.5 pt-1.5 pb-1 text-sm text-faint">
                  {group.label}
                </Autocomplete.GroupLabel>
                <Autocomplete.Collection>
                  {(entry: PaletteEntry) => <Found key={entry.id} entry={entry} onRun={run} />}
                </Autocomplete.Collection>
              </Autocomplete.Group>
            )}
          </Autocomplete.List>
        </div>
      </Autocomplete.Root>
    </Dialog>
  )
}

function Found({ entry, onRun }: { entry: PaletteEntry; onRun: (entry: PaletteEntry) => void }) {
  return (
    <Autocomplete.Item
      value={entry}
      aria-disabled={entry.isDisabled || undefined}
      onClick={() => onRun(entry)}
      className="grid min-h-8 cursor-default grid-cols-[auto_minmax(0,1fr)] items-baseline gap-4 rounded-md px-2.5 py-1.5 outline-none select-none aria-disabled:text-faint data-highlighted:bg-raised phone:min-h-11"
    >
      <span className="font-medium">{entry.label}</span>
      <span className={entry.isDisabled ? 'text-right text-sm' : 'truncate text-right text-sm text-faint'}>
        {entry.note}
      </span>
    </Autocomplete.Item>
  )
}
