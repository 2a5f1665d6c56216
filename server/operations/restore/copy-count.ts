import { ordinal } from '#domain/words.ts'
import type { Look } from './until.ts'

/** So many copies that came to nothing are a fault for a person: Patroni itself begins anew for ever. */
const mostInVain = 3

/**
 * Counts the copies that Patroni begins of a member's data. One that begins tells that those before were in vain: how a copy ended Patroni does not
 * say, and a single one may take as long as there is data.
 */
export function countCopies(member: string, say: (line: string) => void): <T>(look: Look<T>) => Look<T> {
  let begun = 0
  let isCopying = false
  return (look) => {
    if ('found' in look || look.isCopying === undefined) return look
    const isNew = look.isCopying && !isCopying
    isCopying = look.isCopying
    if (!isNew) return look
    begun += 1
    if (begun > mostInVain) {
      return {
        not: `${member} was copied ${mostInVain} times in vain, and Patroni begins once more: see Patroni's log on ${member}.`,
        isInVain: true,
      }
    }
    if (begun > 1) say(`${member} is copied for the ${ordinal(begun)} time: see Patroni's log on ${member}`)
    return look
  }
}
