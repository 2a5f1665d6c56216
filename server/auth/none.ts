import { AppError } from '#server/errors.ts'
import { takeAllowance } from '#server/store/allowances.ts'
import { limitedAddress } from '#server/store/limited-address.ts'
import type { Store } from '#server/store/open.ts'

// What nobody can guess: who shows one that counts is let in all the same, whatever others show.
const allowances = {
  tokens: { atOnce: 300, aMinute: 60 },
  passkeys: { atOnce: 50, aMinute: 4 },
  invitations: { atOnce: 50, aMinute: 4 },
} as const

/** Counts against an address that it showed something that is none; throws AppError `limited` once it has shown too many. */
export async function takeForNone(store: Store, what: keyof typeof allowances, address: string): Promise<void> {
  const taken = await takeAllowance(store, `bad ${what} from ${limitedAddress(address)}`, allowances[what])
  if (taken.ok) return
  throw new AppError(
    'limited',
    `Too many ${what} that are none came from your address. Wait ${taken.waitSeconds} s, then try again.`,
  )
}
