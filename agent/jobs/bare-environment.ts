/** An environment of these variables and no others; the type of Node's, as Next widens it, wants one that no program needs. */
export function bareEnvironment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const bare: NodeJS.ProcessEnv = Object.create(null)
  return Object.assign(bare, variables)
}
