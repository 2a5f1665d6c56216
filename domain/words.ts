/** Names as a person lists them: `a`, `a and b`, `a, b and c`. */
export function listNames(names: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (names.length < 2) return names[0] ?? 'nobody'
  return `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`
}

/** Who of some may win, in a sentence: `a or b`; many are counted. */
export function oneOf(names: readonly string[]): string {
  return names.length > 3 ? `one of ${names.length} replicas` : listNames(names, 'or')
}

/** A sentence of our own words begins with a capital; one that begins with a name is left alone. */
export function capitalised(text: string): string {
  return text.replace(/^one of /, 'One of ')
}

/** A sentence's first letter, made great. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

/** A count with its noun: `1 replica`, `3 replicas`. */
export function count(amount: number, noun: string, nouns: string = `${noun}s`): string {
  return `${amount} ${amount === 1 ? noun : nouns}`
}

/** A place in an order: `first`, `second`, `11th`. */
export function ordinal(place: number): string {
  return ordinals[place - 1] ?? `${place}th`
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
