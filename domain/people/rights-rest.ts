/** Said where a group gives rights that the provider has not confirmed lately: to the person, or of a person or token. */
export function rightsRestSentence(of: 'user' | 'token', person: 'you' | 'they' = 'you'): string {
  if (of === 'token') {
    return 'Rights of this token rest: whoever made it has them by a group, and must sign in with the provider again.'
  }
  return person === 'you'
    ? 'Rights that you have by a group rest: sign in with the provider again.'
    : 'Rights that they have by a group rest until they sign in with the provider again.'
}
