'use client'

import { PersonFactors } from '#components/factors/person-factors.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import type { Person } from './user-table.tsx'

/** Somebody's second factors, where an administrator vouches for one. */
export function FactorsDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  return (
    <Dialog isOpen onClose={onClose} title={`Second factors of ${person.name}`} description={person.email}>
      <div className="overflow-y-auto px-5 pt-2 pb-4">
        <PersonFactors person={person} />
      </div>
    </Dialog>
  )
}
