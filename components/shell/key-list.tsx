'use client'

import { Dialog } from '#components/ui/dialog.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { keyGroups } from './keys.ts'

export function KeyList({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keys">
      <div className="grid gap-5 overflow-y-auto px-5 pt-2 pb-5">
        {keyGroups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3 className="pb-1.5 text-sm text-faint">{group.title}</h3>
            <dl className="grid grid-cols-[7rem_1fr] gap-y-1.5">
              {group.keys.map((entry) => (
                <div key={entry.what} className="contents">
                  <dt className="flex gap-1">
                    {entry.keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd>{entry.what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
